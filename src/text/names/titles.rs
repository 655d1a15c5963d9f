//! The words around names: titles that stand before them, particles inside them, words that are never part of one.
//!
//! All lists are general knowledge of the languages; a native reader should check them. They are compared loosely folded, so that a missing
//! ë or hamza hides none.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::fold;
use crate::text::language::Language;
use crate::text::values::days_and_months;

/// The lists of a language.
pub(super) struct Words {
    titles: HashSet<String>,
    dotted: HashSet<String>,
    roles: HashSet<String>,
    particles: HashSet<String>,
    strangers: HashSet<String>,
    calendar: HashSet<String>,
    pub(super) shows_names: bool,
    /// Whether a title has a capital wherever it stands.
    pub(super) titles_have_capitals: bool,
    language: Language,
}

/// What the lists of a language are written as.
struct Lists {
    language: &'static str,
    /// Whether names have capitals.
    shows_names: bool,
    /// Words that a name follows.
    titles: &'static str,
    /// The same, if a full stop stands behind them.
    dotted: &'static str,
    /// What a person is, as it stands before the name; in a language without capitals only behind a title.
    roles: &'static str,
    /// Small words inside a name.
    particles: &'static str,
    /// What is no part of a name: in a language with capitals, what begins sentences; in one without, what comes behind a name.
    strangers: &'static str,
}

const LISTS: &[Lists] = &[
    Lists {
        language: "en",
        shows_names: true,
        titles: "mr mrs ms miss mx dr prof professor doctor sir madam madame dame lord lady rev reverend father sheikh shaykh imam \
                 haji hajji mullah sayyid sayyed",
        dotted: "fr eng hon capt gov sen rep gen lt col sgt insp supt det cllr",
        roles: "detective inspector sergeant constable det insp president vice prime minister king queen prince princess senator judge captain colonel ambassador chairman \
                chairwoman chancellor governor mayor director congressman congresswoman pope bishop archbishop cardinal",
        particles: "bin ibn bint ben al el ul ar as an ash de del della da di du dos la le von van der den ten ter zu abu",
        strangers: "a about above according across after again against all almost along already also although always am among an \
                    and another any anyone anything are around as ask at away be because been before behind being below beside \
                    besides best between beyond both but by call can certainly clearly come concerning consider contact copy could \
                    dear despite did do does down due during each early either else enclosed even eventually every everyone \
                    everything except few finally first following for former formerly fortunately from further furthermore \
                    generally get give given god going good greetings had happy has have having he hello help hence her here hers hi \
                    his how however i if in indeed morning evening ours instead into is it its just kind last late later let like look made make many \
                    may maybe me meanwhile meet might more moreover most much must my name near nearly neither never \
                    nevertheless new next no nobody none nor not note nothing now of off often old on once one only or other \
                    others otherwise our out over page part perhaps please previously probably ref regarding regards remember \
                    respectfully re said same says second see send several shall she should since sincerely so some someone \
                    something sometimes soon still subject such suddenly table tell than thank thanks that the their them then \
                    there therefore these they third this those though three through throughout thus till to today together \
                    tomorrow tonight too two under unfortunately unless unlike until up upon us usually very via visit was we \
                    welcome well were what whatever when whenever where whereas wherever whether which while who whoever whole \
                    whom whose why will with within without would write yes yesterday yet you your yours",
    },
    Lists {
        language: "sq",
        shows_names: true,
        titles: "zoti zotin zotit zotëri zotëria zonja zonjën zonjës zonjë zonjusha zonjushën zonjushës znj znjsh zj dr prof doc \
                 profesor profesori profesorit profesorin profesoresha profesoreshën doktor doktori doktorit doktorin inxhinier \
                 inxhinieri inxhinierit avokat avokati avokatit avokatja imam imami imamit haxhi shejh mulla mr mrs ms",
        dotted: "z ing av msc ma",
        roles: "presidenti presidentit presidentin presidente presidentja kryeministri kryeministrit kryeministrin kryeministre \
                ministri ministrit ministrin ministre ministrja mbreti mbretit mbretin mbretëresha princi drejtori drejtorit \
                drejtorin drejtoresha kryetari kryetarit kryetarin kryetarja senatori senatorit guvernatori ambasadori \
                ambasadorit gjyqtari papa",
        particles: "bin ibn bint ben al el ul ar as an ash de del della da di du dos la le von van der den ten ter zu abu",
        strangers: "a ai ajo ato ata asgjë askush asnjë andaj atje atëherë atij asaj ama as bashkë besoj brenda çdo çfarë cila cili cilat \
                    cilët dhe derisa dikush disa duke dje do deri drejt duhet dua e edhe emri ende fare faleminderit falënderim \
                    falënderime fillimisht flm gjatë gjithashtu gjithçka gjithnjë gjithmonë gjatë gjithsej i i/e im ime in isha \
                    ishte ishin janë jam je jemi jo ju juaj kam ka kanë kemi këta këto ky kjo këtë këtij kësaj kështu kur kudo kush \
                    krahas kundër ku lidhur letra lexoni madje me megjithatë megjithëse më mbi mbas midis mirë mirëdita mirësevini \
                    mos mund ndaj ndërsa ndërkohë ndonëse ne në nëse nën nesër nga njëri një nuk nderuar në o ose pa para pasi pas \
                    pastaj përveç për përse përmes përshëndetje përgjatë përgjithësisht pikërisht po por porsa pra pranë prandaj \
                    prej pse qysh që respekt rreth sa sapo se secili sepse shih shpesh shumë si sigurisht sipas sot sonte sërish \
                    s'ka s'është t'i ta tani te tek teksa të tjetër tij tyre tregoni u unë ua vetë vetëm vini vizitoni",
    },
    Lists {
        language: "fa",
        shows_names: false,
        titles: "آقای آقا آقایان خانم خانم‌ها جناب سرکار دکتر مهندس استاد پروفسور شیخ حاج حاجی حجت‌الاسلام آیت‌الله ملا بانو دوشیزه",
        dotted: "د م",
        roles: "رئیس رییس رئیس‌جمهور رییس‌جمهور رئیس‌جمهوری جمهور جمهوری وزیر نخست‌وزیر مدیر سفیر معاون دبیر قاضی سناتور نماینده حضرت \
                محترم محترمه گرامی عزیز ارجمند",
        particles: "",
        strangers: "و یا در به از با بر برای که را تا هم نیز اما ولی لیکن بلکه پس پیش بین میان بدون درباره دربارهٔ توسط علیه \
                    سپس زیرا چون اگر مگر چه هر همه هیچ این آن همین همان چنین چنان یک دو سه چند بسیار خیلی دیگر حتی فقط تنها \
                    هنوز همچنین باید شاید است بود بودند بوده باشد باشند هست هستند نیست شد شده شدند شود کرد کرده کردند کند \
                    کنند گفت گفته گفتند گوید داد داده دادند دهد داشت داشتند دارد دارند رفت رفته آمد آمده آید خواست خواهد خواهند \
                    خواهش توانست نوشت نوشته فرمود فرمودند افزود اعلام اظهار تأکید تاکید بیان ضمن طی روز شب سال ماه صبح عصر امروز \
                    دیروز فردا دیشب ساعت وی او ما من شما آنها آنان ایشان خود خویش هنگام هنگامی وقتی جهت نزد سلام درود تقدیم \
                    دانشگاه مدرسه دبیرستان دبستان شرکت موسسه بیمارستان زبان ادبیات ناظر متخصص عمومی محترم محترمه گرامی عزیز \
                    ارجمند بزرگوار لطفا لطفاً مدیر رئیس عضو نماینده نویسنده مترجم شاعر معتقد سخنگوی سخنگو توضیح پاسخ می نمی ها های ای",
    },
    Lists {
        language: "ar",
        shows_names: false,
        titles: "السيد السيدة الآنسة الدكتور الدكتورة دكتور دكتورة المهندس المهندسة الأستاذ الأستاذة البروفيسور البروفسور الشيخ \
                 الشيخة القس الحاج سماحة فضيلة معالي سعادة سيادة جلالة سمو الأمير الأميرة السيدين السيدتين",
        dotted: "د أ م أ.د",
        roles: "الرئيس الرئيسة رئيس الوزير الوزيرة وزير المدير المديرة مدير السفير السفيرة السيناتور النائب القاضي الملك المحترم \
                المحترمة الفاضل الفاضلة العزيز العزيزة الكريم الكريمة الوزراء العام العامة",
        particles: "",
        strangers: "و في من إلى على عن مع ثم أو أم بل لكن بعد قبل عند منذ حتى خلال بين دون بدون ضد حول نحو لدى أمام وراء تحت فوق \
                    ضمن عبر بسبب أن إن أنه إنه أنها إنها الذي التي الذين اللذين هو هي هم نحن أنا أنت هذا هذه ذلك تلك كان كانت \
                    كانوا يكون تكون ليس ليست قد لقد سوف لا لم لن ما ماذا قال قالت قالوا يقول تقول وقال وقالت وأضاف أضاف أضافت أعلن \
                    أعلنت أكد أكدت أوضح أوضحت ذكر ذكرت كتب كتبت صرح صرحت أشار أشارت وأشار جاء جاءت ذهب ذهبت حضر حضرت وصل وصلت \
                    طلب طلبت شكر أيضا أيضًا كما حيث إذا إذ لأن عندما بينما والذي والتي وهو وهي وكان وكانت وقد وفي ومن وعلى وإلى وعن \
                    ومع كل بعض غير اليوم أمس غدا غدًا يوم سنة عام شهر مساء صباح تحية المحترم المحترمة الفاضل الفاضلة العزيز العزيزة \
                    الكريم الكريمة المدير المديرة مدير مديرة رئيس رئيسة عضو كاتب كاتبة مترجم مترجمة أستاذ السابق السابقة الحالي \
                    الحالية الجديد الجديدة نفسه نفسها المساعد المساعدة المشارك كيف أين متى لماذا ظهر ظهرت إليها إليه إليهم لها له لهم بها به بهم فيها فيه منها منه عليها عليه",
    },
];

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let of = |lists: &Lists| {
        let language = Language::from_file(lists.language);
        let set = |words: &str| {
            let words = words.split_whitespace();
            words.map(|word| fold::loose(word, &language)).collect()
        };
        Words {
            titles: set(lists.titles),
            dotted: set(lists.dotted),
            roles: set(lists.roles),
            particles: set(lists.particles),
            strangers: set(lists.strangers),
            calendar: days_and_months(lists.language)
                .filter(|name| !name.contains(' '))
                .map(|name| fold::loose(name, &language))
                .collect(),
            shows_names: lists.shows_names,
            titles_have_capitals: lists.language == "en",
            language,
        }
    };
    LISTS.iter().map(of).collect()
});

/// What a word is before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// A name follows.
    Title,
    /// A name may follow.
    Role,
}

impl Words {
    /// The lists of a language, if it has any.
    pub(super) fn of(language: &Language) -> Option<&'static Words> {
        let mut all = WORDS.iter();
        all.find(|words| words.language.primary() == language.primary())
    }

    /// Whether a word stands before names; `dotted` if there is a full stop behind it.
    pub(super) fn title(&self, word: &str, dotted: bool) -> Option<Title> {
        let key = self.key(word);
        if self.titles.contains(&key) || (dotted && self.dotted.contains(&key)) {
            return Some(Title::Title);
        }
        self.roles.contains(&key).then_some(Title::Role)
    }

    /// Whether a word may stand inside a name though it is small.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(&self.key(word))
    }

    /// Whether a word is never part of a name.
    pub(super) fn is_stranger(&self, word: &str) -> bool {
        let key = self.key(word);
        self.strangers.contains(&key) || self.calendar.contains(&key)
    }

    /// Whether a word is the name of a day or of a month.
    pub(super) fn is_calendar(&self, word: &str) -> bool {
        self.calendar.contains(&self.key(word))
    }

    fn key(&self, word: &str) -> String {
        fold::loose(word, &self.language)
    }
}

/// What Albanian hangs on the end of a name.
const ALBANIAN_ENDINGS: &[&str] = &[
    "i", "u", "a", "ja", "it", "ut", "së", "s", "in", "un", "në", "n", "je", "e", "t", "ve", "ët",
    "at", "et",
];

/// What Persian hangs on the end of a name, with a ZWNJ or without.
const PERSIAN_ENDINGS: &[&str] = &["هایی", "های", "ها", "ای", "ی", "را", "ام", "اش"];

/// What Arabic puts before a name.
const ARABIC_STARTS: &[&str] = &[
    "و", "ف", "ب", "ل", "ك", "ول", "وب", "وك", "فل", "فب", "لل", "ولل", "فلل",
];

/// The ends that a word of a language may have behind a name.
pub(super) fn endings(language: &Language) -> &'static [&'static str] {
    match language.primary() {
        "sq" => ALBANIAN_ENDINGS,
        "fa" => PERSIAN_ENDINGS,
        "en" => &["'s", "’s", "s'", "s’"],
        _ => &[],
    }
}

/// What a word of a language may have before a name.
pub(super) fn starts(language: &Language) -> &'static [&'static str] {
    match language.primary() {
        "ar" => ARABIC_STARTS,
        _ => &[],
    }
}
