//! The regular expressions of SRX files, as the Java programs that most of them were written for read them.
//!
//! A pattern is turned into the notation of the engine in use. What that engine's automata cannot say (look-around, `\b`,
//! back-references, possessive quantifiers) is left out of a second, looser form, which matches wherever the pattern does and
//! perhaps elsewhere: the looser form is run over the text, the exact one is asked only where the looser one matches.
//!
//! Java is followed where dialects differ (`java.util.regex.Pattern`, Java SE 17): `\s`, `\d` and `\w` know ASCII only unless the
//! pattern says `(?U)`, `.` stops at any line end, a class may hold classes and intersections. Two deliberate differences: `\b`
//! knows the letters of all scripts, as ICU has it, and `$` is the very end of the text.

/// A pattern in the notation of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// For automata: matches wherever the pattern matches.
    pub(super) loose: String,
    /// What the pattern says, if the looser form says less.
    pub(super) exact: Option<String>,
}

/// Reads a pattern.
///
/// # Errors
/// If it is no pattern of that dialect, or needs what no engine here can do; the message says what and where, in characters.
pub(super) fn read(pattern: &str) -> Result<Pattern, String> {
    let mut reader = Reader {
        letters: pattern.chars().collect(),
        at: 0,
        loose: String::new(),
        exact: String::new(),
        differs: false,
    };
    reader.alternatives(Flags::default(), 0)?;
    match reader.peek() {
        None => Ok(Pattern {
            loose: reader.loose,
            exact: reader.differs.then_some(reader.exact),
        }),
        Some(_) => Err(reader.wrong("this closes a group that is not open")),
    }
}

/// What `(?…)` can switch, as far as it changes how a pattern is turned.
#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    dot_all: bool,
    multi_line: bool,
    unix_lines: bool,
    unicode_classes: bool,
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    loose: String,
    exact: String,
    differs: bool,
}

/// How deep groups and classes may stand in one another.
const MAX_DEPTH: usize = 100;

/// How large a part of a pattern may be, with its repetitions counted out. Engines write them out, which takes room and time.
const MAX_SIZE: u64 = 2_000;

const LINE_END: &str = r"\n\x0B\f\r\x{85}\x{2028}\x{2029}";
const BLANK: &str = r"\t \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}";

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek();
        self.at += usize::from(letter.is_some());
        letter
    }

    fn take(&mut self, wanted: &str) -> bool {
        let rest = self.letters.get(self.at..).unwrap_or_default();
        let count = wanted.chars().count();
        let there = rest.len() >= count && wanted.chars().eq(rest.iter().take(count).copied());
        self.at += if there { count } else { 0 };
        there
    }

    fn wrong(&self, what: &str) -> String {
        format!("{what} (at character {} of the pattern)", self.at.max(1))
    }

    fn push(&mut self, text: &str) {
        self.loose.push_str(text);
        self.exact.push_str(text);
    }

    /// What only the exact form says.
    fn push_exact(&mut self, text: &str) {
        self.exact.push_str(text);
        self.differs = true;
    }

    /// An assertion, in place of which the looser form has nothing.
    fn assertion(&mut self, text: &str) {
        self.push_exact(text);
        self.loose.push_str("(?:)");
    }

    /// Reads to the end of the group or of the pattern; returns its size, repetitions counted out.
    fn alternatives(&mut self, mut flags: Flags, depth: usize) -> Result<u64, String> {
        if depth > MAX_DEPTH {
            return Err(self.wrong("groups stand in one another too deep"));
        }
        let mut can_repeat = false;
        let (mut size, mut last) = (0, 0);
        while let Some(letter) = self.peek() {
            if letter == ')' {
                break;
            }
            self.at += 1;
            let repeatable = match letter {
                '|' => {
                    self.push("|");
                    false
                }
                '(' => {
                    let (repeatable, inner) = self.group(&mut flags, depth)?;
                    size += last;
                    last = inner;
                    can_repeat = repeatable;
                    continue;
                }
                '[' => {
                    let class = self.class(flags, depth)?;
                    self.push(&class);
                    true
                }
                '.' => {
                    let any = match flags {
                        Flags { dot_all: true, .. } => r"[\s\S]",
                        Flags {
                            unix_lines: true, ..
                        } => r"[^\n]",
                        _ => r"[^\n\r\x{85}\x{2028}\x{2029}]",
                    };
                    self.push(any);
                    true
                }
                '^' if flags.multi_line => {
                    self.push("(?m:^)");
                    true
                }
                '$' if flags.multi_line => {
                    self.push("(?m:$)");
                    true
                }
                '^' => {
                    self.push(r"\A");
                    true
                }
                '$' => {
                    self.push(r"\z");
                    true
                }
                '*' | '+' | '?' | '{' => {
                    if !can_repeat {
                        return Err(self.wrong("there is nothing here to be repeated"));
                    }
                    let times = self.quantifier(letter)?;
                    if times > 1 {
                        last *= times;
                    }
                    if last > MAX_SIZE && times > 1 {
                        return Err(self.wrong("so many repetitions are too many"));
                    }
                    can_repeat = false;
                    continue;
                }
                '\\' => self.escape(flags)?,
                letter => {
                    self.push(&literal(letter));
                    true
                }
            };
            size += last;
            last = 1;
            can_repeat = repeatable;
        }
        Ok(size + last)
    }

    /// Reads a quantifier; returns how often it says at most, or at least if there is no most.
    fn quantifier(&mut self, letter: char) -> Result<u64, String> {
        let mut quantifier = String::from(letter);
        if letter == '{' {
            loop {
                match self.next() {
                    Some(digit) if digit.is_ascii_digit() || digit == ',' => quantifier.push(digit),
                    Some('}') if quantifier.chars().nth(1).is_some_and(|d| d != ',') => break,
                    _ => return Err(self.wrong("a count such as {2}, {2,} or {2,5} is wanted")),
                }
            }
            quantifier.push('}');
        }
        self.push(&quantifier);
        if self.take("?") {
            self.push("?");
        } else if self.take("+") {
            self.push_exact("+");
        }
        let counts = quantifier.trim_matches(['{', '}']).split(',');
        Ok(counts
            .filter_map(|count| count.parse().ok())
            .max()
            .unwrap_or(1))
    }

    /// What stands behind `(`. Returns whether it can be repeated, and its size.
    fn group(&mut self, flags: &mut Flags, depth: usize) -> Result<(bool, u64), String> {
        let (loose, exact) = (self.loose.len(), self.exact.len());
        let mut inner = *flags;
        let mut is_assertion = false;
        if !self.take("?") {
            self.loose.push_str("(?:");
            self.exact.push('(');
        } else if self.take(":") {
            self.push("(?:");
        } else if let Some(opening) = ["=", "!", "<=", "<!"].into_iter().find(|o| self.take(o)) {
            is_assertion = true;
            self.push_exact(&format!("(?{opening}"));
        } else if self.take(">") {
            self.loose.push_str("(?:");
            self.push_exact("(?>");
        } else if self.take("<") {
            self.loose.push_str("(?:");
            self.exact.push_str("(?");
            self.group_name()?;
        } else if self.switch(&mut inner)? {
            // (?i) holds to the end of the group that it stands in.
            *flags = inner;
            return Ok((false, 0));
        }
        let size = self.alternatives(inner, depth + 1)?;
        if self.next() != Some(')') {
            self.loose.truncate(loose);
            self.exact.truncate(exact);
            return Err(self.wrong("a group is not closed"));
        }
        self.exact.push(')');
        if is_assertion {
            self.loose.truncate(loose);
            self.loose.push_str("(?:)");
        } else {
            self.loose.push(')');
        }
        Ok((true, size))
    }

    /// What stands behind `<`, with both brackets.
    fn group_name(&mut self) -> Result<(), String> {
        self.exact.push('<');
        loop {
            match self.next() {
                Some('>') => break,
                Some(letter) if letter.is_ascii_alphanumeric() => self.exact.push(letter),
                _ => return Err(self.wrong("the name of a group is letters and digits")),
            }
        }
        self.exact.push('>');
        Ok(())
    }

    /// `(?i)` or `(?i:`; whether it was the first.
    fn switch(&mut self, flags: &mut Flags) -> Result<bool, String> {
        let mut on = true;
        let mut passed = String::new();
        loop {
            match self.next() {
                Some('-') if on => {
                    on = false;
                    passed.push('-');
                }
                Some('i') => passed.push('i'),
                Some('s') => flags.dot_all = on,
                Some('m') => flags.multi_line = on,
                Some('d') => flags.unix_lines = on,
                Some('U') => flags.unicode_classes = on,
                // Case is always that of Unicode.
                Some('u') => {}
                Some(end @ (':' | ')')) => {
                    let passed = passed.trim_end_matches('-');
                    let alone = end == ')';
                    match (passed, alone) {
                        ("", true) => {}
                        ("", false) => self.push("(?:"),
                        (flags, true) => self.push(&format!("(?{flags})")),
                        (flags, false) => self.push(&format!("(?{flags}:")),
                    }
                    return Ok(alone);
                }
                Some('x') => return Err(self.wrong("patterns with comments (?x) are not read")),
                _ => return Err(self.wrong("(? opens nothing that is known")),
            }
        }
    }

    /// What stands behind `\` outside a class. Returns whether it can be repeated.
    fn escape(&mut self, flags: Flags) -> Result<bool, String> {
        let Some(letter) = self.peek() else {
            return Err(self.wrong("the pattern ends in \\"));
        };
        match letter {
            'Q' => {
                self.at += 1;
                while !self.take("\\E") {
                    let Some(letter) = self.next() else { break };
                    self.push(&literal(letter));
                }
            }
            // The end of a quotation that was not opened.
            'E' => {
                self.at += 1;
                return Ok(false);
            }
            'b' | 'B' => {
                self.at += 1;
                self.assertion(if letter == 'b' { r"\b" } else { r"\B" });
            }
            'A' | 'z' => {
                self.at += 1;
                self.push(if letter == 'A' { r"\A" } else { r"\z" });
            }
            'Z' => {
                self.at += 1;
                self.assertion(r"(?=\n?\z)");
            }
            'R' => {
                self.at += 1;
                self.push(&format!(r"(?:\r\n|[{LINE_END}])"));
            }
            '1'..='9' => {
                self.at += 1;
                self.push_exact(&format!("\\{letter}"));
                self.loose.push_str(r"[\s\S]*");
            }
            'k' => {
                self.at += 1;
                if !self.take("<") {
                    return Err(self.wrong("\\k wants <name>"));
                }
                self.push_exact(r"\k");
                self.group_name()?;
                self.loose.push_str(r"[\s\S]*");
            }
            _ => {
                let class = self.class_escape(flags)?;
                self.push(&class);
            }
        }
        Ok(true)
    }

    /// What stands behind `\` and is a character or a class of them; it can stand in a class or alone.
    fn class_escape(&mut self, flags: Flags) -> Result<String, String> {
        let Some(letter) = self.next() else {
            return Err(self.wrong("the pattern ends in \\"));
        };
        let unicode = flags.unicode_classes;
        let class = match letter {
            'd' if unicode => r"\p{Nd}",
            'D' if unicode => r"\P{Nd}",
            's' if unicode => r"\p{White_Space}",
            'S' if unicode => r"\P{White_Space}",
            'w' if unicode => r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{200C}\x{200D}]",
            'W' if unicode => r"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{200C}\x{200D}]",
            'd' => "[0-9]",
            'D' => "[^0-9]",
            's' => r"[ \t\n\x0B\f\r]",
            'S' => r"[^ \t\n\x0B\f\r]",
            'w' => "[0-9A-Za-z_]",
            'W' => "[^0-9A-Za-z_]",
            'h' => return Ok(format!("[{BLANK}]")),
            'H' => return Ok(format!("[^{BLANK}]")),
            'v' => return Ok(format!("[{LINE_END}]")),
            'V' => return Ok(format!("[^{LINE_END}]")),
            'p' | 'P' => return self.property(letter == 'P'),
            letter => {
                let meant = self.character(letter)?;
                return Ok(literal(meant));
            }
        };
        Ok(class.to_owned())
    }

    /// A character written as an escape.
    fn character(&mut self, letter: char) -> Result<char, String> {
        let number = match letter {
            't' => return Ok('\t'),
            'n' => return Ok('\n'),
            'r' => return Ok('\r'),
            'f' => return Ok('\u{C}'),
            'a' => return Ok('\u{7}'),
            'e' => return Ok('\u{1B}'),
            'c' => {
                let Some(control) = self.next().filter(char::is_ascii) else {
                    return Err(self.wrong("\\c wants a letter"));
                };
                u32::from(control.to_ascii_uppercase()) ^ 0x40
            }
            '0' => {
                let digits = self.digits(8, 3);
                u32::from_str_radix(&digits, 8).unwrap_or(u32::MAX)
            }
            'x' if self.take("{") => {
                let digits = self.digits(16, 6);
                if !self.take("}") {
                    return Err(self.wrong("\\x{ is not closed"));
                }
                u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX)
            }
            'x' => {
                let digits = self.digits(16, 2);
                u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX)
            }
            'u' => {
                let unit = self.utf16_unit()?;
                if (0xD800..0xDC00).contains(&unit) && self.take("\\u") {
                    let low = self.utf16_unit()?;
                    0x10000 + ((unit - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF)
                } else {
                    unit
                }
            }
            letter if letter.is_ascii_alphanumeric() => {
                return Err(self.wrong(&format!("\\{letter} is not known")));
            }
            letter => return Ok(letter),
        };
        char::from_u32(number).ok_or_else(|| self.wrong("this number stands for no character"))
    }

    fn utf16_unit(&mut self) -> Result<u32, String> {
        let digits = self.digits(16, 4);
        match u32::from_str_radix(&digits, 16) {
            Ok(unit) if digits.len() == 4 => Ok(unit),
            _ => Err(self.wrong("\\u wants four hexadecimal digits")),
        }
    }

    fn digits(&mut self, radix: u32, most: usize) -> String {
        let mut digits = String::new();
        while digits.len() < most
            && let Some(digit) = self.peek().filter(|digit| digit.is_digit(radix))
        {
            digits.push(digit);
            self.at += 1;
        }
        digits
    }

    /// `\p{…}`; the names of Java, POSIX, scripts, blocks and Unicode's own.
    fn property(&mut self, negated: bool) -> Result<String, String> {
        let mut name = String::new();
        if self.take("{") {
            loop {
                match self.next() {
                    Some('}') => break,
                    Some(letter) => name.push(letter),
                    None => return Err(self.wrong("\\p{ is not closed")),
                }
            }
        } else {
            name.extend(self.next());
        }
        let not = if negated { "^" } else { "" };
        let plain = name.strip_prefix('^').unwrap_or(&name);
        let negated = negated != (plain.len() < name.len());
        let posix = match plain {
            "Lower" => "a-z",
            "Upper" => "A-Z",
            "ASCII" => r"\x00-\x7F",
            "Alpha" => "A-Za-z",
            "Digit" => "0-9",
            "Alnum" => "0-9A-Za-z",
            "Punct" => r"!-/:-@\[-`{-~",
            "Graph" => "!-~",
            "Print" => " -~",
            "Blank" => r" \t",
            "Cntrl" => r"\x00-\x1F\x7F",
            "XDigit" => "0-9A-Fa-f",
            "Space" => r" \t\n\x0B\f\r",
            "L1" => r"\x00-\x{FF}",
            _ => "",
        };
        if !posix.is_empty() {
            return Ok(format!("[{not}{posix}]"));
        }
        let block = plain.strip_prefix("In").or(plain.strip_prefix("block="));
        let block = block.or(plain.strip_prefix("blk="));
        if let Some(block) = block {
            let Some(range) = block_range(block) else {
                return Err(self.wrong(&format!("the block {block} is not known")));
            };
            return Ok(format!("[{not}{range}]"));
        }
        let unicode = match plain {
            "javaLowerCase" => "Lowercase",
            "javaUpperCase" => "Uppercase",
            "javaLetter" | "javaAlphabetic" => "Alphabetic",
            "javaDigit" => "Nd",
            "javaWhitespace" | "javaSpaceChar" => "White_Space",
            "javaLetterOrDigit" => {
                return Ok(format!(r"[{not}\p{{L}}\p{{Nd}}]"));
            }
            "all" => "Any",
            name => name.strip_prefix("Is").unwrap_or(name),
        };
        let sign = if negated { 'P' } else { 'p' };
        Ok(format!("\\{sign}{{{unicode}}}"))
    }

    /// What stands behind `[`, as a class.
    fn class(&mut self, flags: Flags, depth: usize) -> Result<String, String> {
        if depth > MAX_DEPTH {
            return Err(self.wrong("classes stand in one another too deep"));
        }
        let mut class = String::from("[");
        if self.take("^") {
            class.push('^');
        }
        let mut empty = true;
        loop {
            let Some(letter) = self.next() else {
                return Err(self.wrong("a class [ is not closed"));
            };
            let first = match letter {
                ']' if !empty => break,
                '[' => {
                    class.push_str(&self.class(flags, depth + 1)?);
                    empty = false;
                    continue;
                }
                '&' if self.take("&") => {
                    class.push_str("&&");
                    continue;
                }
                '\\' if self.take("Q") => {
                    while !self.take("\\E") {
                        let Some(letter) = self.next() else { break };
                        class.push_str(&literal(letter));
                    }
                    empty = false;
                    continue;
                }
                '\\' if self.take("E") => continue,
                '\\' => self.class_escape(flags)?,
                letter => literal(letter),
            };
            empty = false;
            let single = first.chars().count() == 1
                || (first.starts_with('\\')
                    && !first.starts_with("\\p")
                    && !first.starts_with("\\P"));
            class.push_str(&first);
            // A range, unless the hyphen stands last or a class follows it.
            let behind = (self.letters.get(self.at), self.letters.get(self.at + 1));
            if single && let (Some('-'), Some(last)) = behind {
                if matches!(last, ']' | '[') {
                    continue;
                }
                self.at += 1;
                let last = match self.next() {
                    Some('\\') => self.class_escape(flags)?,
                    Some(letter) => literal(letter),
                    None => return Err(self.wrong("a class [ is not closed")),
                };
                class.push('-');
                class.push_str(&last);
            }
        }
        class.push(']');
        Ok(class)
    }
}

/// A character that means itself, in a class or outside one.
fn literal(letter: char) -> String {
    match letter {
        '\n' => r"\n".to_owned(),
        ' ' | '"' | '\'' | ',' | ':' | ';' | '=' | '!' | '%' | '/' | '@' | '_' | '`' | '<'
        | '>' => letter.to_string(),
        letter if letter.is_ascii_punctuation() => format!("\\{letter}"),
        letter if letter.is_control() => format!("\\x{{{:X}}}", u32::from(letter)),
        letter => letter.to_string(),
    }
}

/// The blocks of Unicode that rules for letters name, as ranges of a class (Unicode 16, `Blocks.txt`).
fn block_range(name: &str) -> Option<&'static str> {
    let key: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let range = match key.to_ascii_lowercase().as_str() {
        "basiclatin" => r"\x00-\x7F",
        "latin1supplement" => r"\x{80}-\x{FF}",
        "latinextendeda" => r"\x{100}-\x{17F}",
        "latinextendedb" => r"\x{180}-\x{24F}",
        "combiningdiacriticalmarks" => r"\x{300}-\x{36F}",
        "greek" | "greekandcoptic" => r"\x{370}-\x{3FF}",
        "cyrillic" => r"\x{400}-\x{4FF}",
        "armenian" => r"\x{530}-\x{58F}",
        "hebrew" => r"\x{590}-\x{5FF}",
        "arabic" => r"\x{600}-\x{6FF}",
        "arabicsupplement" => r"\x{750}-\x{77F}",
        "devanagari" => r"\x{900}-\x{97F}",
        "thai" => r"\x{E00}-\x{E7F}",
        "generalpunctuation" => r"\x{2000}-\x{206F}",
        "cjksymbolsandpunctuation" => r"\x{3000}-\x{303F}",
        "hiragana" => r"\x{3040}-\x{309F}",
        "katakana" => r"\x{30A0}-\x{30FF}",
        "cjkunifiedideographs" => r"\x{4E00}-\x{9FFF}",
        "arabicpresentationformsa" => r"\x{FB50}-\x{FDFF}",
        "arabicpresentationformsb" => r"\x{FE70}-\x{FEFF}",
        "halfwidthandfullwidthforms" => r"\x{FF00}-\x{FFEF}",
        _ => return None,
    };
    Some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a pattern matches a whole text, by its exact form; the looser form must match then as well.
    fn fits(pattern: &str, text: &str) -> bool {
        let read = read(pattern).unwrap();
        let whole = |pattern: &str| {
            let regex = fancy_regex::Regex::new(&format!(r"\A(?:{pattern})\z")).unwrap();
            regex.is_match(text).unwrap()
        };
        let exactly = whole(read.exact.as_deref().unwrap_or(&read.loose));
        assert!(!exactly || whole(&read.loose), "{pattern} {text}");
        exactly
    }

    #[test]
    fn patterns_mean_what_java_says() {
        for (pattern, yes, no) in [
            // White space and digits are ASCII, unless the pattern says otherwise.
            (r"\s\d\w", " 1a", "\u{a0}1a"),
            (r"(?U)\s\d\w", "\u{a0}۱آ", "a1a"),
            (r"\h\v", "\u{a0}\u{2028}", "a\n"),
            (r"\S\D\W", "آآآ", " 1a"),
            (".", "آ", "\u{85}"),
            ("(?s).", "\u{85}", ""),
            (r"\R", "\r\n", "a"),
            // Characters by number and by name.
            (r"\u0623\x41\x{1F600}\0101\t\cA", "أA😀A\t\u{1}", "أA"),
            (r"\uD83D\uDE00", "😀", "?"),
            (r"\Qa.b\E.", "a.bc", "axbc"),
            (r"\ظ\-\<\#", "ظ-<#", "x"),
            // Classes.
            (r"[\[\]\-\^&~#\s]+", "[]-^&~# ", "a"),
            (r"[a-c[x-z]]+", "abxz", "m"),
            (r"[a-z&&[^bc]]+", "az", "b"),
            (r"[^\p{Ll}\d]", "A", "1"),
            (r"[\wآ-ی.]+", "a_9سلام.", "-"),
            ("[a-]+", "a-", "b"),
            ("[]a]+", "]a", "b"),
            // Properties by all their names.
            (
                r"\p{IsArabic}\p{InArabic}\p{L}\p{IsLu}\pN\P{L}",
                "آ؟aÇ۵.",
                "aaaaaa",
            ),
            (r"[\p{Lower}\p{javaUpperCase}\p{^L}]+", "aÇ1", "ç"),
            (r"\p{Punct}\p{Blank}\p{Alnum}", "! a", "؟ a"),
            (r"\p{block=Cyrillic}\p{InGeneralPunctuation}", "Ж…", "Z."),
            // What automata cannot say.
            (r"(?i:nr)\b\.", "NR.", "Nre."),
            (r"a(?=b)b(?!c).(?<=d)(?<!x)", "abd", "abc"),
            (r"(a|b)\1", "aa", "ab"),
            (r"(?<x>a|b)\k<x>", "bb", "ba"),
            ("a++b", "aab", "aabb"),
            ("(?>a|ab)c", "ac", "abc"),
            ("a{2}b{1,}c{1,2}?d*?", "aabbc", "abc"),
            ("(?<name>x)|y", "y", "xy"),
            (r"(?iu)ë(?-i)Ë", "ËË", "ëë"),
            ("^a$", "a", "aa"),
            (r"\Aa\z|b\Z", "b", "ab"),
        ] {
            assert!(fits(pattern, yes), "{pattern} should match {yes}");
            assert!(!fits(pattern, no), "{pattern} should not match {no}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_its_place() {
        for pattern in [
            "(a",
            "a)",
            "[a",
            "*a",
            "a**",
            "a{",
            "a{x}",
            "a{,2}",
            "|+",
            r"\",
            r"[\",
            r"\y",
            r"\u12",
            r"\x{110000}",
            r"\p{InNowhere}",
            r"\p{",
            "(?x)a b",
            "(?<na me>a)",
            "(?~a)",
            r"\k<a",
            "(a{1,100}){1,100}",
            r"\uD800",
            r"\c",
            "(?",
            "(?i",
            r"\X",
            r"\G",
        ] {
            let said = read(pattern).unwrap_err();
            assert!(said.contains("at character"), "{pattern}: {said}");
        }
        let deep = "(".repeat(100_000);
        assert!(read(&deep).is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
    }

    proptest! {
        /// Whatever is read as a pattern can be compiled, or is refused there; nothing panics.
        #[test]
        fn any_text_is_read_or_refused(pattern in r#"[ab\\(){}\[\]?*+|^$.,:<=!>\-pPQEudswbk0-9&LéآÇ]{0,20}"#) {
            if let Ok(read) = read(&pattern) {
                let _ = regex_syntax::parse(&read.loose);
                if let Some(exact) = read.exact {
                    let _ = fancy_regex::Regex::new(&exact);
                }
            }
        }
    }
}
