//! The words that numbers, dates and times are written with, and how they are found.
//!
//! Words are found loosely folded and without joiners, so that a missing ë or hamza hides none. A name of several words is found
//! from its first one. All lists but the names of months are general knowledge; a native reader should check them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::Calendar::{self, Gregorian, LunarHijri, SolarHijri};
use super::measures::MEASURES;
use super::months::{MONTHS, WEEKDAYS};
use crate::text::fold;
use crate::text::language::Language;

/// What a word can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A month: its family in [`MONTHS`], and its number from 0. The word for month is joined to it, or not.
    Month(u8, u8, bool),
    /// A day of the week: its family in [`WEEKDAYS`], and its number from 0.
    Weekday(u8, u8),
    /// A number in words.
    Cardinal(u32),
    /// A place in an order, in words.
    Ordinal(u32),
    /// Ten to a power, which multiplies what stands before it.
    Scale(u8),
    /// Two times ten to a power, in one word: ألفان.
    Dual(u8),
    /// Twelve, which multiplies what stands before it too.
    Dozen,
    /// So many hundredths: half, a quarter.
    Part(u8),
    /// Ten years that begin with this one of a century: the thirties.
    Decade(u8),
    /// A decade follows: دههٔ ۸۰, vitet ’80.
    Decades,
    /// A century: its number stands beside it.
    Century,
    /// Joins parts of a number.
    And,
    /// Stands between the ends of a range.
    To,
    /// Stands before the ends of a range, which the word for and joins: between 5 and 7.
    Between,
    /// Stands between the two numbers of a score: ۲ بر ۱.
    Against,
    /// A score follows, with any small word between its numbers.
    Score,
    /// What stands before it is a part of a hundred.
    Percent,
    /// A currency, in [`CURRENCIES`].
    Money(u8),
    /// What is measured with, in [`MEASURES`](super::measures::MEASURES).
    Measure(u8),
    /// A time of day follows.
    Hour,
    /// The minutes stand before it.
    Minutes,
    /// So many minutes past the hour, in a word.
    Past(u8),
    /// Between the minutes and the hour that they have gone: half past five.
    Gone,
    /// Between the minutes and the hour that they are short of: a quarter to five.
    Short,
    /// Which half of the day a time is in.
    Half(Half),
    /// Which calendar the date before it is in.
    Era(Calendar),
    /// The number of a document follows.
    Document,
    /// A telephone number follows.
    Phone,
    /// May stand inside a date and says nothing.
    Small,
}

/// Which part of the day a time of twelve hours is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// From midnight to noon.
    Morning,
    /// From noon to midnight.
    Afternoon,
    /// About noon.
    Noon,
    /// From evening to morning.
    Night,
}

/// A currency that texts name: its name, its code of ISO 4217 (if the name is that of one currency), the signs that it has, and
/// whether its name may be something else.
pub(super) struct Name {
    pub(super) name: &'static str,
    pub(super) codes: &'static [&'static str],
    pub(super) signs: &'static [char],
    pub(super) words: &'static [(&'static str, &'static [&'static str])],
    pub(super) is_doubtful: bool,
}

const fn currency(
    name: &'static str,
    codes: &'static [&'static str],
    signs: &'static [char],
    words: &'static [(&'static str, &'static [&'static str])],
) -> Name {
    Name {
        name,
        codes,
        signs,
        words,
        is_doubtful: false,
    }
}

/// Currencies. Toman has no code; it is ten rials and never to be taken for one.
#[rustfmt::skip]
pub(super) const CURRENCIES: &[Name] = &[
    currency("euro", &["EUR"], &['€'], &[("en", &["euro", "euros"]), ("sq", &["euro", "eurosh"]), ("fa", &["یورو", "یورویی"]), ("ar", &["يورو", "يوروا"])]),
    currency("dollar", &["USD", "CAD", "AUD"], &['$'], &[("en", &["dollar", "dollars"]), ("sq", &["dollar", "dollarë", "dollarësh", "dollarëve"]), ("fa", &["دلار", "دلاری", "دالر"]), ("ar", &["دولار", "دولارا", "دولارات"])]),
    currency("lek", &["ALL"], &[], &[("en", &["lek", "leks", "lekë"]), ("sq", &["lek", "lekë", "lekësh", "lekëve"]), ("fa", &["لک"]), ("ar", &["ليك"])]),
    currency("rial", &["IRR", "SAR", "QAR", "OMR", "YER"], &['﷼'], &[("en", &["rial", "rials", "riyal", "riyals"]), ("sq", &["rial", "rialë", "rialësh"]), ("fa", &["ریال", "ریالی"]), ("ar", &["ريال", "ريالا", "ريالات"])]),
    currency("toman", &[], &[], &[("en", &["toman", "tomans"]), ("sq", &["toman", "tomanë", "tomanësh"]), ("fa", &["تومان", "تومانی", "تومن"]), ("ar", &["تومان", "تومانا"])]),
    currency("pound", &["GBP", "EGP"], &['£'], &[("en", &["pounds sterling"]), ("sq", &["sterlina", "stërlina"])]),
    // A weight too.
    Name { is_doubtful: true, ..currency("pound", &[], &[], &[("en", &["pound", "pounds"]), ("sq", &["paund", "paundë", "paundësh", "paundëve"]), ("fa", &["پوند", "پوندی"]), ("ar", &["جنيه", "جنيها", "جنيهات"])]) },
    currency("dinar", &["IQD", "KWD", "JOD", "RSD", "DZD", "TND"], &[], &[("en", &["dinar", "dinars"]), ("sq", &["dinar", "dinarë", "dinarësh"]), ("fa", &["دینار", "دیناری"]), ("ar", &["دينار", "دينارا", "دنانير"])]),
    currency("dirham", &["AED", "MAD"], &[], &[("en", &["dirham", "dirhams"]), ("sq", &["dirham", "dirhamë", "dirhamësh"]), ("fa", &["درهم"]), ("ar", &["درهم", "درهما", "دراهم"])]),
    currency("lira", &["TRY", "SYP", "LBP"], &['₺'], &[("en", &["lira", "liras"]), ("sq", &["lira", "lirash"]), ("fa", &["لیر", "لیره"]), ("ar", &["ليرة", "ليرات"])]),
    currency("afghani", &["AFN"], &['؋'], &[("en", &["afghani", "afghanis"]), ("fa", &["افغانی"]), ("ar", &["أفغاني"])]),
    currency("denar", &["MKD"], &[], &[("en", &["denar", "denars"]), ("sq", &["denar", "denarë", "denarësh"])]),
    currency("franc", &["CHF"], &[], &[("en", &["franc", "francs"]), ("sq", &["franga", "frangash"]), ("fa", &["فرانک"]), ("ar", &["فرنك", "فرنكا", "فرنكات"])]),
    currency("yen", &["JPY"], &['¥'], &[("en", &["yen"]), ("sq", &["jen", "jenë", "jena", "jenësh"]), ("fa", &["ین"]), ("ar", &["ين"])]),
    currency("yuan", &["CNY"], &[], &[("en", &["yuan"]), ("sq", &["juan", "juanë", "juanësh"]), ("fa", &["یوان"]), ("ar", &["يوان", "يوانا"])]),
    currency("rupee", &["INR", "PKR"], &['₹'], &[("en", &["rupee", "rupees"]), ("sq", &["rupi", "rupish"]), ("fa", &["روپیه"]), ("ar", &["روبية", "روبيات"])]),
    currency("rouble", &["RUB"], &['₽'], &[("en", &["rouble", "roubles", "ruble", "rubles"]), ("sq", &["rubla", "rublash"]), ("fa", &["روبل"]), ("ar", &["روبل", "روبلا"])]),
    currency("krona", &["SEK", "NOK", "DKK"], &[], &[("en", &["krona", "kronor", "krone", "kroner", "crowns"]), ("sq", &["korona", "koronash"]), ("fa", &["کرون"]), ("ar", &["كرونة", "كرونات"])]),
    currency("shekel", &["ILS"], &['₪'], &[("en", &["shekel", "shekels"]), ("sq", &["shekel", "shekelë"]), ("fa", &["شکل"]), ("ar", &["شيكل", "شيكلا", "شيقل"])]),
    currency("won", &["KRW"], &['₩'], &[("fa", &["وون"]), ("ar", &["وون"])]),
    currency("forint", &["HUF"], &[], &[("en", &["forint", "forints"]), ("sq", &["forinta", "forintash"]), ("fa", &["فورینت"]), ("ar", &["فورنت", "فورنتا"])]),
    currency("cent", &[], &['¢'], &[("en", &["cent", "cents"]), ("sq", &["cent", "centë", "centësh"]), ("fa", &["سنت"]), ("ar", &["سنت", "سنتا", "سنتات"])]),
];

type Words = &'static [(&'static str, Meaning, &'static [&'static str])];

use Meaning::{
    Against, And, Between, Century, Decade, Decades, Document, Dozen, Dual, Era, Gone, Hour,
    Minutes, Past, Percent, Phone, Scale, Short, Small, To,
};

#[rustfmt::skip]
const WORDS: Words = &[
    ("en", Small, &["of", "the", "on", "in", "day", "dated", "year"]),
    ("fa", Small, &["ماه", "سال", "ی", "روز", "مورخ", "مورخه", "تاریخ", "به", "در", "برابر", "با"]),
    ("ar", Small, &["من", "شهر", "عام", "سنة", "لعام", "لسنة", "الموافق", "في", "يوم", "بتاريخ"]),
    ("sq", Small, &["e", "i", "të", "së", "viti", "vitit", "më", "në", "datë", "datën", "date", "dt", "muajit", "ditën"]),
    ("en", And, &["and"]),
    ("fa", And, &["و"]),
    ("ar", And, &["و"]),
    ("sq", And, &["e", "dhe"]),
    ("en", To, &["to", "until", "till"]),
    ("fa", To, &["تا", "الی", "لغایت"]),
    ("ar", To, &["إلى", "حتى"]),
    ("sq", To, &["deri", "deri në", "deri më", "gjer në"]),
    ("en", Percent, &["percent", "per cent", "pct"]),
    ("fa", Percent, &["درصد", "درصدی", "در صد"]),
    ("ar", Percent, &["في المئة", "في المائة", "بالمئة", "بالمائة", "في المية"]),
    ("sq", Percent, &["për qind", "përqind", "përqindësh", "përqindëshin", "përqindje", "përqindja", "përqindë", "për qindësh"]),
    ("en", Scale(3), &["thousand"]), ("en", Scale(6), &["million", "millions", "mln", "mn"]), ("en", Scale(9), &["billion", "billions", "bn"]), ("en", Scale(12), &["trillion", "trillions"]),
    ("fa", Scale(3), &["هزار", "هزاری"]), ("fa", Scale(6), &["میلیون", "میلیونی", "ملیون"]), ("fa", Scale(9), &["میلیارد", "میلیاردی", "ملیارد", "بیلیون"]), ("fa", Scale(12), &["تریلیون"]),
    ("ar", Scale(3), &["ألف", "ألفا", "آلاف", "الاف"]), ("ar", Scale(6), &["مليون", "مليونا", "ملايين"]), ("ar", Scale(9), &["مليار", "مليارا", "مليارات", "بليون", "بليونا"]), ("ar", Scale(12), &["تريليون", "تريليونا", "تريليونات"]),
    ("sq", Scale(3), &["mijë", "mijëra"]), ("sq", Scale(6), &["milion", "milionë", "milionësh", "milioni", "milionit", "mil", "mln"]), ("sq", Scale(9), &["miliard", "miliardë", "miliardësh", "miliardi", "mld", "bilion", "bilionë"]), ("sq", Scale(12), &["trilion", "trilionë"]),
    ("en", Between, &["between"]), ("fa", Between, &["بین", "میان", "مابین"]), ("ar", Between, &["بين", "ما بين"]), ("sq", Between, &["midis", "mes", "ndërmjet"]),
    ("fa", Against, &["بر"]), ("fa", Meaning::Score, &["نتیجه", "نتیجهٔ", "نتیجه‌ی"]),
    ("ar", Dual(3), &["ألفان", "ألفين", "ألفي"]), ("ar", Dual(6), &["مليونان", "مليونين", "مليوني"]), ("ar", Dual(9), &["ملياران", "مليارين", "ملياري"]),
    ("en", Dozen, &["dozen"]), ("fa", Dozen, &["دوجین"]), ("ar", Dozen, &["دزينة"]), ("sq", Dozen, &["duzinë"]),
    ("en", Meaning::Part(50), &["half", "a half", "half a", "half an"]), ("en", Meaning::Part(25), &["quarter", "a quarter"]), ("en", Meaning::Part(75), &["three quarters"]),
    ("fa", Meaning::Part(50), &["نیم", "نیمی", "نصف"]), ("fa", Meaning::Part(25), &["ربع", "یک چهارم"]), ("fa", Meaning::Part(75), &["سه چهارم"]),
    ("ar", Meaning::Part(50), &["نصف", "ونصف", "النصف", "والنصف"]), ("ar", Meaning::Part(25), &["ربع", "وربع", "الربع", "والربع"]), ("ar", Meaning::Part(75), &["ثلاثة أرباع"]),
    ("sq", Meaning::Part(50), &["gjysmë", "gjysma", "gjysmën", "gjysmës"]), ("sq", Meaning::Part(25), &["çerek", "çereku", "çerekun"]), ("sq", Meaning::Part(75), &["tre të katërtat"]),
    ("en", Decade(20), &["twenties"]), ("en", Decade(30), &["thirties"]), ("en", Decade(40), &["forties"]), ("en", Decade(50), &["fifties"]),
    ("en", Decade(60), &["sixties"]), ("en", Decade(70), &["seventies"]), ("en", Decade(80), &["eighties"]), ("en", Decade(90), &["nineties"]),
    ("ar", Decade(20), &["عشرينيات", "عشرينات"]), ("ar", Decade(30), &["ثلاثينيات", "ثلاثينات"]), ("ar", Decade(40), &["أربعينيات", "أربعينات"]), ("ar", Decade(50), &["خمسينيات", "خمسينات"]),
    ("ar", Decade(60), &["ستينيات", "ستينات"]), ("ar", Decade(70), &["سبعينيات", "سبعينات"]), ("ar", Decade(80), &["ثمانينيات", "ثمانينات"]), ("ar", Decade(90), &["تسعينيات", "تسعينات"]),
    ("fa", Decades, &["دهه", "دههٔ", "دهه‌ی"]), ("sq", Decades, &["vitet", "viteve"]), ("ar", Decades, &["أعوام", "سنوات"]),
    ("en", Century, &["century"]), ("fa", Century, &["قرن", "سده"]), ("ar", Century, &["القرن", "قرن"]), ("sq", Century, &["shekulli", "shekullit", "shekullin", "shek"]),
    ("en", Gone, &["past"]), ("en", Short, &["to"]),
    ("fa", Hour, &["ساعت"]),
    ("ar", Hour, &["الساعة", "ساعة"]),
    ("sq", Hour, &["ora", "orë", "orën", "orës"]),
    ("fa", Past(30), &["نیم"]), ("fa", Past(15), &["ربع"]), ("sq", Past(30), &["gjysmë"]), ("sq", Past(15), &["çerek"]),
    ("ar", Past(30), &["النصف", "والنصف"]), ("ar", Past(15), &["الربع", "والربع"]), ("ar", Past(20), &["الثلث", "والثلث"]),
    ("fa", Minutes, &["دقیقه", "دقیقهٔ"]), ("ar", Minutes, &["دقيقة"]),
    ("en", Meaning::Half(Half::Morning), &["am", "in the morning"]), ("en", Meaning::Half(Half::Afternoon), &["pm", "in the afternoon", "in the evening"]),
    ("en", Meaning::Half(Half::Noon), &["noon"]), ("en", Meaning::Half(Half::Night), &["at night"]),
    ("fa", Meaning::Half(Half::Morning), &["صبح", "بامداد", "قبل از ظهر", "پیش از ظهر", "قبل‌ازظهر"]),
    ("fa", Meaning::Half(Half::Afternoon), &["عصر", "بعد از ظهر", "بعدازظهر", "غروب"]),
    ("fa", Meaning::Half(Half::Noon), &["ظهر"]), ("fa", Meaning::Half(Half::Night), &["شب"]),
    ("ar", Meaning::Half(Half::Morning), &["صباحا", "ص", "قبل الظهر"]),
    ("ar", Meaning::Half(Half::Afternoon), &["مساء", "م", "بعد الظهر", "عصرا"]),
    ("ar", Meaning::Half(Half::Noon), &["ظهرا"]), ("ar", Meaning::Half(Half::Night), &["ليلا"]),
    ("sq", Meaning::Half(Half::Morning), &["paradite", "të paradites", "të mëngjesit", "në mëngjes", "pd"]),
    ("sq", Meaning::Half(Half::Afternoon), &["pasdite", "të pasdites", "të mbrëmjes", "në mbrëmje", "md"]),
    ("sq", Meaning::Half(Half::Night), &["të natës"]),
    ("en", Era(LunarHijri), &["AH"]), ("en", Era(Gregorian), &["AD", "CE"]), ("en", Era(SolarHijri), &["AP", "SH"]),
    ("fa", Era(SolarHijri), &["خورشیدی", "شمسی", "هجری شمسی", "هجری خورشیدی", "ش", "هش"]),
    ("fa", Era(LunarHijri), &["قمری", "هجری قمری", "ق", "هق"]),
    ("fa", Era(Gregorian), &["میلادی", "م"]),
    ("ar", Era(LunarHijri), &["هـ", "ه", "هجري", "هجرية", "للهجرة"]),
    ("ar", Era(SolarHijri), &["هجري شمسي", "شمسي"]),
    ("ar", Era(Gregorian), &["م", "ميلادي", "ميلادية"]),
    ("sq", Era(LunarHijri), &["H"]),
    ("en", Document, &["no", "nos", "ref", "number"]), ("fa", Document, &["شماره", "شمارهٔ", "ش"]),
    ("ar", Document, &["رقم", "الرقم"]), ("sq", Document, &["nr", "numër", "prot", "numri"]),
    ("en", Phone, &["tel", "telephone", "phone", "fax", "mobile"]), ("fa", Phone, &["تلفن", "همراه", "موبایل", "نمابر", "فکس", "دورنگار"]),
    ("ar", Phone, &["هاتف", "الهاتف", "جوال", "فاكس", "موبايل"]), ("sq", Phone, &["tel", "telefon", "telefoni", "cel", "faks"]),
];

type Counted = (&'static str, u32, &'static [&'static str]);

/// Numbers in words: the first name stands for the first number, and each one after it for as much more as the step says. Other
/// names of one number stand behind a bar.
#[rustfmt::skip]
const CARDINALS: &[Counted] = &[
    ("en", 1, &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]),
    ("en", 10, &["", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"]),
    ("sq", 1, &["një", "dy", "tre|tri", "katër", "pesë", "gjashtë", "shtatë", "tetë", "nëntë", "dhjetë", "njëmbëdhjetë", "dymbëdhjetë", "trembëdhjetë", "katërmbëdhjetë", "pesëmbëdhjetë", "gjashtëmbëdhjetë", "shtatëmbëdhjetë", "tetëmbëdhjetë", "nëntëmbëdhjetë"]),
    ("sq", 10, &["", "njëzet", "tridhjetë", "dyzet", "pesëdhjetë", "gjashtëdhjetë", "shtatëdhjetë", "tetëdhjetë", "nëntëdhjetë"]),
    ("sq", 100, &["njëqind", "dyqind", "treqind", "katërqind", "pesëqind", "gjashtëqind", "shtatëqind", "tetëqind", "nëntëqind"]),
    ("fa", 1, &["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده|هژده", "نوزده|نزده"]),
    ("fa", 10, &["", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]),
    ("fa", 100, &["صد|یکصد", "دویست|دوصد", "سیصد|سه‌صد", "چهارصد", "پانصد|پنجصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]),
    ("ar", 1, &["واحد|واحدة|إحدى|أحد", "اثنان|اثنين|اثنتان|اثنتين", "ثلاثة|ثلاث", "أربعة|أربع", "خمسة|خمس", "ستة|ست", "سبعة|سبع", "ثمانية|ثماني|ثمان", "تسعة|تسع", "عشرة|عشر", "أحد عشر|إحدى عشرة", "اثنا عشر|اثني عشر|اثنتا عشرة|اثنتي عشرة", "ثلاثة عشر|ثلاث عشرة", "أربعة عشر|أربع عشرة", "خمسة عشر|خمس عشرة", "ستة عشر|ست عشرة", "سبعة عشر|سبع عشرة", "ثمانية عشر|ثماني عشرة", "تسعة عشر|تسع عشرة"]),
    ("ar", 10, &["", "عشرون|عشرين", "ثلاثون|ثلاثين", "أربعون|أربعين", "خمسون|خمسين", "ستون|ستين", "سبعون|سبعين", "ثمانون|ثمانين", "تسعون|تسعين"]),
    ("ar", 100, &["مئة|مائة", "مئتان|مئتين|مائتان|مائتين|مئتي|مائتي", "ثلاثمئة|ثلاثمائة", "أربعمئة|أربعمائة", "خمسمئة|خمسمائة", "ستمئة|ستمائة", "سبعمئة|سبعمائة", "ثمانمئة|ثمانمائة|ثمانيمئة", "تسعمئة|تسعمائة"]),
];

#[rustfmt::skip]
const ORDINALS: &[Counted] = &[
    ("en", 1, &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]),
    ("en", 10, &["", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth", "hundredth"]),
    ("sq", 1, &["parë", "dytë|dyti|dyta|dytin|dytën|dytit", "tretë|treti|treta|tretin|tretën|tretit", "katërt|katërti|katërta|katërtin|katërtën", "pestë|pesti|pesta|pestin|pestën", "gjashtë|gjashti|gjashta", "shtatë|shtati|shtata", "tetë|teti|teta", "nëntë|nënti|nënta", "dhjetë|dhjeti|dhjeta"]),
    ("sq", 10, &["", "njëzetë|njëzeti|njëzeta"]),
    ("fa", 1, &["اول|یکم|اولین", "دوم|دومین", "سوم|سومین", "چهارم|چهارمین", "پنجم|پنجمین", "ششم|ششمین", "هفتم|هفتمین", "هشتم|هشتمین", "نهم|نهمین", "دهم|دهمین", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم|هژدهم", "نوزدهم|نزدهم"]),
    ("fa", 10, &["", "بیستم", "سی‌ام"]),
    ("ar", 1, &["الأول|الأولى|الواحدة|الواحد|الحادي|الحادية", "الثاني|الثانية", "الثالث|الثالثة", "الرابع|الرابعة", "الخامس|الخامسة", "السادس|السادسة", "السابع|السابعة", "الثامن|الثامنة", "التاسع|التاسعة", "العاشر|العاشرة", "الحادي عشر|الحادية عشرة", "الثاني عشر|الثانية عشرة", "الثالث عشر|الثالثة عشرة", "الرابع عشر|الرابعة عشرة", "الخامس عشر|الخامسة عشرة", "السادس عشر|السادسة عشرة", "السابع عشر|السابعة عشرة", "الثامن عشر|الثامنة عشرة", "التاسع عشر|التاسعة عشرة"]),
    ("ar", 10, &["", "العشرون|العشرين", "الثلاثون|الثلاثين", "الأربعون|الأربعين", "الخمسون|الخمسين", "الستون|الستين", "السبعون|السبعين", "الثمانون|الثمانين", "التسعون|التسعين", "المئة|المائة"]),
];

/// Two of something, in one word: what a time lasts, how often, how much. A native reader should check them.
const DUALS: &[&str] = &[
    "عامان",
    "عامين",
    "سنتان",
    "سنتين",
    "شهران",
    "شهرين",
    "أسبوعان",
    "أسبوعين",
    "يومان",
    "يومين",
    "ساعتان",
    "ساعتين",
    "دقيقتان",
    "دقيقتين",
    "مرتان",
    "مرتين",
    "كيلومتران",
    "كيلومترين",
    "متران",
    "مترين",
    "ميلان",
    "ميلين",
    "دولاران",
    "دولارين",
    "نقطتان",
    "نقطتين",
    "هدفان",
    "هدفين",
    "شخصان",
    "شخصين",
];

/// What Albanian and Persian join to a number in words, so that both are one: pesëvjeçar, پنج‌ساله. A native reader should check them.
const JOINED: &[(&str, &[&str])] = &[
    (
        "sq",
        &[
            "vjeçar",
            "vjeçare",
            "vjeçari",
            "vjeçarin",
            "vjeçarit",
            "vjeçares",
            "vjeçarja",
            "vjeçarë",
            "vjetor",
            "vjetori",
            "vjetorin",
            "vjetorit",
            "vjet",
            "vjetësh",
            "mujor",
            "mujore",
            "mujori",
            "mujorin",
            "mujorit",
            "javor",
            "javore",
            "ditor",
            "ditore",
            "ditësh",
            "orësh",
            "orëshe",
            "fish",
            "fishi",
            "fishin",
            "fishuar",
        ],
    ),
    (
        "fa",
        &[
            "ساله",
            "ساله‌ای",
            "سالگی",
            "روزه",
            "ماهه",
            "هفته‌ای",
            "ساعته",
            "دقیقه‌ای",
            "نفره",
            "برابر",
            "برابری",
            "گانه",
            "درصدی",
        ],
    ),
];

/// Small words that Arabic joins to the next one; not ك, with which a hundred would be an amount.
const PROCLITICS: &[&str] = &["و", "ف", "ب", "ل", "ال", "وال", "فال", "بال", "لل"];

/// What a word says, and of how many words a name that it begins has at most.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) meanings: Vec<Meaning>,
    pub(super) longest: u8,
    /// Whether it may be written in several words.
    pub(super) is_phrase: bool,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    entries: HashMap<String, Entry>,
    /// A bit for the first three letters of each word, by [`start`].
    starts: Vec<bool>,
    language: Language,
    longest: usize,
}

impl Lexicon {
    /// The words of a language, if there is a list.
    pub(super) fn of(language: &Language) -> Option<&'static Lexicon> {
        static ALL: LazyLock<Vec<Lexicon>> =
            LazyLock::new(|| ["en", "sq", "fa", "ar"].map(Lexicon::new).into());
        let primary = language.primary();
        ALL.iter()
            .find(|lexicon| lexicon.language.primary() == primary)
    }

    fn new(language: &'static str) -> Self {
        let mut lexicon = Lexicon {
            entries: HashMap::new(),
            starts: vec![false; STARTS],
            language: Language::from_file(language),
            longest: 0,
        };
        for (family, months) in (0_u8..).zip(MONTHS) {
            if months.language == language {
                for (month, name) in (0_u8..).zip(months.names) {
                    lexicon.add(name, Meaning::Month(family, month, false));
                    if language == "fa" {
                        lexicon.add(&format!("{name}ماه"), Meaning::Month(family, month, true));
                    }
                }
            }
        }
        for (family, weekdays) in (0_u8..).zip(WEEKDAYS) {
            if weekdays.language == language {
                for (weekday, name) in (0_u8..).zip(weekdays.names) {
                    lexicon.add(name, Meaning::Weekday(family, weekday));
                }
            }
        }
        for (of, meaning, words) in WORDS.iter().filter(|(of, ..)| *of == language) {
            debug_assert_eq!(*of, language);
            for word in *words {
                lexicon.add(word, *meaning);
            }
        }
        for (index, currency) in (0_u8..).zip(CURRENCIES) {
            for (_, words) in currency.words.iter().filter(|(of, _)| *of == language) {
                for word in *words {
                    lexicon.add(word, Meaning::Money(index));
                }
            }
        }
        let counted = |lists: &'static [Counted]| {
            let own = lists.iter().filter(move |(of, ..)| *of == language);
            own.flat_map(|(_, step, names)| {
                (1_u32..).zip(*names).flat_map(move |(index, names)| {
                    let names = names.split('|').filter(|name| !name.is_empty());
                    names.map(move |name| (index * step, name))
                })
            })
        };
        for (number, name) in counted(CARDINALS) {
            lexicon.add(name, Meaning::Cardinal(number));
            match language {
                // The two is Monday too; with its small words ست is another word.
                "ar" if number > 2 && name != "ست" => {
                    lexicon.add_joined(name, Meaning::Cardinal(number));
                }
                "ar" if number > 1 => lexicon.add(&format!("و{name}"), Meaning::Cardinal(number)),
                // «سهم» is a share, «سیم» a wire.
                "fa" if number != 3 && number != 30 => {
                    for ending in ["م", "مین"] {
                        lexicon.add(&format!("{name}{ending}"), Meaning::Ordinal(number));
                    }
                }
                "fa" if number == 30 => {
                    for ending in ["ام", "امین"] {
                        lexicon.add(&format!("{name}\u{200C}{ending}"), Meaning::Ordinal(number));
                    }
                }
                _ => {}
            }
            for (_, endings) in JOINED.iter().filter(|(of, _)| *of == language) {
                for ending in *endings {
                    lexicon.add_word(&format!("{name}{ending}"), Meaning::Cardinal(number));
                }
            }
            // «بیست‌وسه» in one word.
            if language == "fa" && (20..100).contains(&number) {
                for (unit, other) in counted(CARDINALS).filter(|(unit, _)| *unit < 10) {
                    lexicon.add_word(&format!("{name}و{other}"), Meaning::Cardinal(number + unit));
                }
                for (unit, other) in counted(ORDINALS).filter(|(unit, _)| *unit < 10) {
                    lexicon.add_word(&format!("{name}و{other}"), Meaning::Ordinal(number + unit));
                }
            }
        }
        for (number, name) in counted(ORDINALS) {
            lexicon.add(name, Meaning::Ordinal(number));
            if language == "ar" && (number > 2) {
                lexicon.add_joined(name, Meaning::Ordinal(number));
            }
        }
        if language == "ar" {
            for name in DUALS {
                lexicon.add(name, Meaning::Cardinal(2));
                lexicon.add_joined(name, Meaning::Cardinal(2));
            }
            for (_, meaning, words) in WORDS.iter().filter(|(of, ..)| *of == language) {
                if matches!(meaning, Dual(_) | Scale(_) | Decade(_)) {
                    for word in *words {
                        lexicon.add_joined(word, *meaning);
                    }
                }
            }
        }
        for (index, measure) in (0_u8..).zip(MEASURES) {
            for (_, words) in measure.words.iter().filter(|(of, _)| *of == language) {
                for word in *words {
                    lexicon.add(word, Meaning::Measure(index));
                }
            }
        }
        lexicon
    }

    /// An Arabic name with what may be joined to it.
    fn add_joined(&mut self, name: &str, meaning: Meaning) {
        let is_definite = name.starts_with("ال");
        for small in PROCLITICS {
            match (is_definite, *small) {
                // ل and ال are written لل.
                (true, "ل") => self.add(
                    &format!("ل{}", name.strip_prefix('ا').unwrap_or(name)),
                    meaning,
                ),
                (true, small) if small.ends_with('ل') => {}
                _ => self.add(&format!("{small}{name}"), meaning),
            }
        }
    }

    /// A name that is always one word.
    fn add_word(&mut self, name: &str, meaning: Meaning) {
        let key = self.key(name);
        self.note(&key);
        self.longest = self.longest.max(key.len());
        let entry = self.entries.entry(key).or_default();
        if !entry.meanings.contains(&meaning) {
            entry.meanings.push(meaning);
        }
    }

    fn add(&mut self, name: &str, meaning: Meaning) {
        let words = name.split([' ', '-', '\u{200C}']);
        let words: Vec<String> = words.map(|word| self.key(word)).collect();
        let whole = words.concat();
        self.note(&whole);
        let longest = u8::try_from(words.len()).unwrap_or(1);
        if let Some(first) = words.first() {
            self.note(first);
            let entry = self.entries.entry(first.clone()).or_default();
            entry.longest = entry.longest.max(longest);
            self.longest = self.longest.max(whole.len());
        }
        let entry = self.entries.entry(whole).or_default();
        entry.is_phrase |= longest > 1;
        if !entry.meanings.contains(&meaning) {
            entry.meanings.push(meaning);
        }
    }

    fn note(&mut self, word: &str) {
        if let Some(bit) = self.starts.get_mut(start(word)) {
            *bit = true;
        }
    }

    /// What a word is found by.
    pub(super) fn key(&self, word: &str) -> String {
        let folded = fold::loose(word, &self.language);
        folded
            .chars()
            .filter(|letter| plain(*letter).is_some())
            .collect()
    }

    /// What a word says by itself, or begins.
    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// Whether a word as it is written can be one of the list: a cheap question that spares most words the folding.
    pub(super) fn may_have(&self, word: &str) -> bool {
        if word.len() > self.longest * 2 + 8 {
            return false;
        }
        self.starts.get(start(word)).copied().unwrap_or(false)
    }
}

/// The apostrophes of transliteration, which Unicode counts as letters.
fn is_modifier(letter: char) -> bool {
    matches!(letter, '\u{02B0}'..='\u{02FF}')
}

/// How many bits [`Lexicon::may_have`] is answered from.
const STARTS: usize = 1 << 14;

/// A number below [`STARTS`] for the first three letters of a word, with what the loose fold makes of them.
fn start(word: &str) -> usize {
    let letters = word.chars().filter_map(plain).take(3);
    let number = letters.fold(0_usize, |number, letter| {
        number.wrapping_mul(41).wrapping_add(letter as usize)
    });
    number % STARTS
}

/// A letter with all that the loose fold makes one of; `None` for what it leaves out.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        'ë' | 'Ë' => 'e',
        'ç' | 'Ç' => 'c',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' | 'ی' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ة' | 'ۀ' | 'ھ' | 'ہ' | 'ە' => 'ه',
        'ء' | '\u{0640}' => return None,
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' => return None,
        letter if is_modifier(letter) || !letter.is_alphanumeric() => return None,
        letter => letter,
    })
}
