//! Cargo.toml keeps its promises: the Rust version it states, a reason for every package.

use std::process::Command;

use crate::support::root;

/// A version as numbers that can be compared.
fn version(text: &str) -> Vec<u32> {
    let parts = text.split('.').chain(["0", "0"]).take(3);
    parts.map(|part| part.parse().unwrap_or(0)).collect()
}

#[test]
fn the_rust_version_is_what_the_packages_need() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Packages for other systems need not have been fetched.
    let about = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(about.stdout).unwrap();
    let host = about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let out = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--locked",
            "--filter-platform",
            host,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let stated = packages
        .iter()
        .find(|package| package["name"] == "tarjuman")
        .unwrap()["rust_version"]
        .as_str()
        .unwrap();
    let mut newest = vec![0];
    for package in packages {
        if let Some(needs) = package["rust_version"].as_str().map(version) {
            assert!(
                needs <= version(stated),
                "{} needs {needs:?}",
                package["name"]
            );
            if package["name"] != "tarjuman" {
                newest = newest.max(needs);
            }
        }
    }
    assert_eq!(newest, version(stated), "a lower version could be stated");
}

#[test]
fn every_package_says_what_it_is_for() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_packages = false;
    let mut before = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_packages = line.ends_with("dependencies]");
        } else if in_packages && line.contains(" = ") {
            assert!(before.starts_with('#'), "{line}");
        }
        before = line;
    }
}
