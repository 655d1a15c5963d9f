using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

/// Cuts the lines of a file by the rules of an SRX file, with the regular expressions of .NET.
class Cuts {
    static void Main(string[] arguments) {
        var file = new XmlDocument();
        file.Load(arguments[0]);
        var rules = new List<Tuple<bool, Regex, Regex>>();
        foreach (XmlElement language in file.GetElementsByTagName("languagerule")) {
            if (language.GetAttribute("languagerulename") != arguments[1]) continue;
            foreach (XmlElement rule in language.GetElementsByTagName("rule")) {
                var before = new Regex(rule.GetElementsByTagName("beforebreak")[0].InnerText);
                var after = new Regex(rule.GetElementsByTagName("afterbreak")[0].InnerText);
                rules.Add(Tuple.Create(rule.GetAttribute("break") != "no", before, after));
            }
        }
        var text = new StringBuilder();
        foreach (var line in File.ReadAllLines(arguments[2], Encoding.UTF8)) {
            foreach (var segment in Cut(rules, line.Trim())) {
                if (segment.Trim() != "") text.Append(segment.Trim()).Append('\n');
            }
        }
        var bytes = new UTF8Encoding(false).GetBytes(text.ToString());
        Console.OpenStandardOutput().Write(bytes, 0, bytes.Length);
    }

    /// The first rule that fits a place decides; only matches that do not overlap are found.
    static IEnumerable<string> Cut(List<Tuple<bool, Regex, Regex>> rules, string line) {
        var decided = new Dictionary<int, bool>();
        foreach (var rule in rules) {
            var starts = new HashSet<int>(rule.Item3.Matches(line).Cast<Match>().Select(match => match.Index));
            foreach (Match match in rule.Item2.Matches(line)) {
                var at = match.Index + match.Length;
                if (starts.Contains(at) && !decided.ContainsKey(at)) decided[at] = rule.Item1;
            }
        }
        var last = 0;
        foreach (var at in decided.Where(place => place.Value).Select(place => place.Key).OrderBy(place => place)) {
            yield return line.Substring(last, at - last);
            last = at;
        }
        yield return line.Substring(last);
    }
}
