//! Names of months and of days of the week, in families: the names that one writer uses together.
//!
//! A family has a name for each month, so that a date which is written in it can be written anew in the same one: Levantine stays
//! Levantine. What a writer uses for one month only (می for مه) is a family too, filled up with the usual names.
//!
//! Sources: CLDR 48 for the names in its families; the Maghreb and Levantine names are those of its regional locales. All else,
//! the Albanian cases, the Afghan spellings, the Solar months in Arabic and in Latin script, is general knowledge; a native
//! reader should check it.

use super::calendar::Calendar::{self, Gregorian, LunarHijri, SolarHijri};

/// The names of the twelve months that belong together.
pub(super) struct Months {
    /// The language that they are written in.
    pub(super) language: &'static str,
    /// The calendar that they divide.
    pub(super) calendar: Calendar,
    /// The regions where they are the usual ones, before all others.
    pub(super) regions: &'static [&'static str],
    /// How much has to stand beside one of them before it is taken for a month.
    pub(super) care: Care,
    /// From the first month to the last.
    pub(super) names: [&'static str; 12],
}

/// How sure it is that a name is that of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// A day or a year beside it is enough.
    Little,
    /// It is often another word, so that it needs a year.
    Much,
}

use Care::{Little, Much};

const fn months(
    language: &'static str,
    calendar: Calendar,
    care: Care,
    names: [&'static str; 12],
) -> Months {
    Months {
        language,
        calendar,
        regions: &[],
        care,
        names,
    }
}

const fn regional(
    regions: &'static [&'static str],
    language: &'static str,
    calendar: Calendar,
    names: [&'static str; 12],
) -> Months {
    Months {
        language,
        calendar,
        regions,
        care: Little,
        names,
    }
}

/// All families; of one language and calendar the usual one first.
#[rustfmt::skip]
pub(super) const MONTHS: &[Months] = &[
    months("en", Gregorian, Little, ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]),
    months("en", Gregorian, Little, ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]),
    months("en", Gregorian, Little, ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]),
    months("en", SolarHijri, Little, ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]),
    months("en", SolarHijri, Much, ["Hamal", "Sawr", "Jawza", "Saratan", "Asad", "Sonbola", "Mizan", "Aqrab", "Qaws", "Jadi", "Dalw", "Hut"]),
    months("en", LunarHijri, Little, ["Muharram", "Safar", "Rabiʻ I", "Rabiʻ II", "Jumada I", "Jumada II", "Rajab", "Shaʻban", "Ramadan", "Shawwal", "Dhuʻl-Qiʻdah", "Dhuʻl-Hijjah"]),
    months("en", LunarHijri, Little, ["Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Awwal", "Jumada al-Thani", "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"]),
    months("en", LunarHijri, Little, ["Moharram", "Safar", "Rabi al-Awwal", "Rabi al-Akhir", "Jumada al-Ula", "Jumada al-Akhirah", "Rajab", "Shaaban", "Ramadhan", "Shawwal", "Dhul-Qadah", "Dhul-Hijja"]),
    months("en", LunarHijri, Little, ["Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Awwal", "Jumada al-Thani", "Rajab", "Shaban", "Ramazan", "Shawwal", "Dhu al-Qidah", "Dhu al-Hijja"]),

    months("sq", Gregorian, Little, ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"]),
    months("sq", Gregorian, Little, ["janarit", "shkurtit", "marsit", "prillit", "majit", "qershorit", "korrikut", "gushtit", "shtatorit", "tetorit", "nëntorit", "dhjetorit"]),
    months("sq", Gregorian, Little, ["janari", "shkurti", "marsi", "prilli", "maji", "qershori", "korriku", "gushti", "shtatori", "tetori", "nëntori", "dhjetori"]),
    months("sq", Gregorian, Little, ["janarin", "shkurtin", "marsin", "prillin", "majin", "qershorin", "korrikun", "gushtin", "shtatorin", "tetorin", "nëntorin", "dhjetorin"]),
    months("sq", Gregorian, Much, ["jan", "shk", "mar", "pri", "maj", "qer", "korr", "gush", "sht", "tet", "nën", "dhj"]),
    months("sq", SolarHijri, Little, ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]),
    months("sq", LunarHijri, Much, ["muharrem", "sefer", "rebiul-evel", "rebiu-theni", "xhumadel-ula", "xhumade-theni", "rexheb", "shaban", "ramazan", "sheval", "dhul-kade", "dhul-hixhe"]),

    months("fa", SolarHijri, Little, ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]),
    months("fa", SolarHijri, Little, ["فروردین", "اردیبهشت", "خرداد", "تیر", "امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]),
    Months { language: "fa", calendar: SolarHijri, regions: &["AF"], care: Much, names: ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"] },
    months("fa", Gregorian, Little, ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    months("fa", Gregorian, Little, ["ژانویه", "فوریه", "مارس", "آوریل", "می", "ژوئن", "جولای", "آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    regional(&["AF"], "fa", Gregorian, ["جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"]),
    months("fa", Gregorian, Little, ["ژانویه", "فوریه", "مارس", "آپریل", "می", "جون", "جولای", "آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    months("fa", Gregorian, Little, ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    months("fa", LunarHijri, Little, ["محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاول", "جمادی‌الثانی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"]),
    months("fa", LunarHijri, Little, ["محرم‌الحرام", "صفر", "ربیع‌الاول", "ربیع‌الآخر", "جمادی‌الاولی", "جمادی‌الآخر", "رجب", "شعبان", "رمضان", "شوال", "ذی‌القعده", "ذی‌الحجه"]),
    months("fa", LunarHijri, Little, ["محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاولی", "جمادی‌الثانیه", "رجب", "شعبان", "رمضان", "شوال", "ذوالقعده", "ذوالحجه"]),
    months("fa", LunarHijri, Little, ["محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاولی", "جمادی‌الآخره", "رجب", "شعبان", "رمضان", "شوال", "ذی‌قعده", "ذی‌حجه"]),
    months("fa", LunarHijri, Little, ["محرم", "صفر", "ربیع الاول", "ربیع الثانی", "جمادی الاول", "جمادی الثانی", "رجب", "شعبان", "رمضان", "شوال", "ذی القعده", "ذی الحجه"]),
    months("fa", LunarHijri, Little, ["محرم", "صفر", "ربیع الاول", "ربیع الآخر", "جمادی الاولی", "جمادی الثانیه", "رجب", "شعبان", "رمضان", "شوال", "ذو القعده", "ذو الحجه"]),

    months("ar", Gregorian, Little, ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
    months("ar", Gregorian, Little, ["يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيه", "يوليه", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
    regional(&["LB", "SY", "IQ", "JO", "PS"], "ar", Gregorian, ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]),
    regional(&["DZ", "TN"], "ar", Gregorian, ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
    regional(&["MA"], "ar", Gregorian, ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]),
    regional(&["MR"], "ar", Gregorian, ["يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيو", "يوليو", "أغشت", "شتمبر", "أكتوبر", "نوفمبر", "دجمبر"]),
    months("ar", LunarHijri, Little, ["محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"]),
    months("ar", LunarHijri, Little, ["المحرم", "صفر", "ربيع الأول", "ربيع الثاني", "جمادى الأولى", "جمادى الثانية", "رجب", "شعبان", "رمضان", "شوال", "ذي القعدة", "ذي الحجة"]),
    months("ar", SolarHijri, Much, ["فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور", "مهر", "آبان", "آذر", "دي", "بهمن", "إسفند"]),
    // CLDR's own, which no writer uses, but which a program may have printed.
    months("ar", SolarHijri, Much, ["فرفردن", "أذربيهشت", "خرداد", "تار", "مرداد", "شهرفار", "مهر", "آيان", "آذر", "دي", "بهمن", "اسفندار"]),
];

/// Names that are often another word, whatever their family.
pub(super) const OTHER_WORDS: &[&str] = &["صفر", "می", "ماي"];

/// The names of the seven days that belong together, from Monday.
pub(super) struct Weekdays {
    pub(super) language: &'static str,
    pub(super) names: [&'static str; 7],
}

const fn weekdays(language: &'static str, names: [&'static str; 7]) -> Weekdays {
    Weekdays { language, names }
}

/// All families; of one language the usual one first.
#[rustfmt::skip]
pub(super) const WEEKDAYS: &[Weekdays] = &[
    weekdays("en", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    weekdays("en", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
    weekdays("en", ["Mon", "Tues", "Wed", "Thurs", "Fri", "Sat", "Sun"]),
    weekdays("sq", ["e hënë", "e martë", "e mërkurë", "e enjte", "e premte", "e shtunë", "e diel"]),
    weekdays("sq", ["e hëna", "e marta", "e mërkura", "e enjtja", "e premtja", "e shtuna", "e diela"]),
    weekdays("sq", ["të hënën", "të martën", "të mërkurën", "të enjten", "të premten", "të shtunën", "të dielën"]),
    weekdays("sq", ["të hënë", "të martë", "të mërkurë", "të enjte", "të premte", "të shtunë", "të diel"]),
    weekdays("sq", ["së hënës", "së martës", "së mërkurës", "së enjtes", "së premtes", "së shtunës", "së dielës"]),
    weekdays("fa", ["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"]),
    weekdays("fa", ["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه", "شنبه", "یک‌شنبه"]),
    weekdays("fa", ["دو شنبه", "سه شنبه", "چهار شنبه", "پنج شنبه", "آدینه", "شنبه", "یک شنبه"]),
    weekdays("ar", ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]),
];

/// The names of the days of the week, and of the months of the Gregorian calendar, in a language. Months of the others are given names too.
pub(in crate::text) fn days_and_months(language: &str) -> impl Iterator<Item = &'static str> {
    let months = MONTHS
        .iter()
        .filter(move |months| months.language == language && months.calendar == Gregorian);
    let weekdays = WEEKDAYS
        .iter()
        .filter(move |weekdays| weekdays.language == language);
    let months = months.flat_map(|months| months.names);
    months.chain(weekdays.flat_map(|weekdays| weekdays.names))
}
