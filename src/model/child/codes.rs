//! The codes of a child's file.

use crate::model::codes::codes;

codes! {
    /// Gender.
    Gender {
        Male = "male", "男", "male";
        Female = "female", "女", "female";
    }
}

codes! {
    /// The type of household registration (户口).
    Household {
        Rural = "rural", "农村户籍", "rural";
        Urban = "urban", "城镇户籍", "urban";
    }
}

codes! {
    /// Whether the child lives where it is registered.
    Mobility {
        Local = "local", "本地", "local";
        Migrant = "migrant", "流动", "migrant";
    }
}

codes! {
    /// The kind of hardship a child is in.
    Hardship {
        Poverty = "poverty", "家庭贫困", "poverty";
        LowIncome = "low-income", "低保", "low income";
        ExtremePoverty = "extreme-poverty", "特困供养", "extreme poverty";
        RegisteredPoverty = "registered-poverty", "建档立卡", "registered poverty";
        Orphan = "orphan", "孤儿", "orphan";
        DeFactoUnattended = "de-facto-unattended", "事实无人抚养", "de facto unattended";
        Disabled = "disabled", "残疾", "disabled";
        SeriousIllness = "serious-illness", "重病", "serious illness";
        Harm = "harm", "受到侵害", "harm";
        SingleParent = "single-parent", "单亲", "single parent";
        ParentInCustody = "parent-in-custody", "父母服刑或戒毒", "parent in custody";
        Emergency = "emergency", "突发困境", "emergency";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// Which parents are away.
    Away {
        Both = "both", "父母双方外出", "both parents away";
        Father = "father", "父亲外出", "father away";
        Mother = "mother", "母亲外出", "mother away";
        None = "none", "无人外出", "nobody away";
    }
}

codes! {
    /// The kind of guardianship.
    GuardianshipKind {
        Grandparents = "grandparents", "祖辈监护", "grandparents";
        OneParent = "one-parent", "父母单方监护", "one parent";
        KinOrFriends = "kin-or-friends", "亲朋监护", "kin or friends";
        SingleParent = "single-parent", "单亲监护", "single parent";
        Orphan = "orphan", "孤儿", "orphan";
        Unattended = "unattended", "无人监护", "unattended";
        Institution = "institution", "机构监护", "institution";
    }
}

codes! {
    /// How well the child is looked after.
    GuardianshipQuality {
        Good = "good", "较好", "good";
        Fair = "fair", "一般", "fair";
        Poor = "poor", "差", "poor";
    }
}

codes! {
    /// The kind of school attendance (农村留守儿童基本情况登记表).
    Schooling {
        Kindergarten = "kindergarten", "幼儿园", "kindergarten";
        NotInKindergarten = "not-in-kindergarten", "未入园", "not in kindergarten";
        Primary = "primary", "小学", "primary school";
        Junior = "junior", "初中", "junior school";
        Senior = "senior", "高中", "senior school";
        Vocational = "vocational", "中职", "vocational school";
        DroppedOut = "dropped-out", "辍学", "dropped out";
        NotEnrolled = "not-enrolled", "不在学", "not enrolled";
    }
}

codes! {
    /// A source of family income (农村留守儿童基本情况登记表).
    Income {
        Labour = "labour", "打工", "wage labour";
        Farming = "farming", "种养殖", "farming";
        State = "state", "政府救助", "state relief";
        Kin = "kin", "亲朋接济", "kin and friends";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// Public relief (农村留守儿童基本情况登记表).
    Relief {
        MinimumLiving = "minimum-living", "最低生活保障", "minimum living allowance";
        Temporary = "temporary", "临时救助", "temporary relief";
        Medical = "medical", "医疗救助", "medical relief";
        Housing = "housing", "住房救助", "housing relief";
        Other = "other", "其他救助", "other";
    }
}

codes! {
    /// The category of a disability (GB/T 26341).
    DisabilityCategory {
        Visual = "visual", "视力", "visual";
        Hearing = "hearing", "听力", "hearing";
        Speech = "speech", "言语", "speech";
        Physical = "physical", "肢体", "physical";
        Intellectual = "intellectual", "智力", "intellectual";
        Mental = "mental", "精神", "mental";
        Multiple = "multiple", "多重", "multiple";
    }
}

codes! {
    /// The parent whose contact with the child is recorded.
    ContactParent {
        Father = "father", "父亲", "father";
        Mother = "mother", "母亲", "mother";
        Both = "both", "父母双方", "both parents";
    }
}

codes! {
    /// Why a child left the school.
    LeftReason {
        Graduated = "graduated", "毕业", "graduated";
        Transferred = "transferred", "转学", "transferred";
        DroppedOut = "dropped-out", "辍学", "dropped out";
        Moved = "moved", "随父母外迁", "moved";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// A parent's relation to the child.
    ParentRelation {
        Father = "father", "父亲", "father";
        Mother = "mother", "母亲", "mother";
        StepFather = "step-father", "继父", "step-father";
        StepMother = "step-mother", "继母", "step-mother";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// The status of a parent.
    ParentStatus {
        Home = "home", "在家", "at home";
        Away = "away", "外出务工", "away for work";
        Deceased = "deceased", "去世", "deceased";
        Missing = "missing", "失联", "missing";
        InCustody = "in-custody", "服刑在押", "in custody";
        InRehabilitation = "in-rehabilitation", "强制戒毒", "in rehabilitation";
        SeverelyDisabled = "severely-disabled", "重残", "severely disabled";
        SeverelyIll = "severely-ill", "重病", "severely ill";
        Left = "left", "离家", "left";
        DivorcedAway = "divorced-away", "离异不同住", "divorced, lives apart";
        Unknown = "unknown", "不详", "unknown";
    }
}

codes! {
    /// How often a parent is in touch.
    ContactFrequency {
        Daily = "daily", "每天", "daily";
        Weekly = "weekly", "每周", "weekly";
        Monthly = "monthly", "每月", "monthly";
        Rarely = "rarely", "很少", "rarely";
        None = "none", "无联系", "none";
    }
}

codes! {
    /// The legal basis for keeping the record (个人信息保护法 art. 13, 31).
    ConsentBasis {
        Statutory = "statutory", "法定职责", "statutory duty";
        Consent = "consent", "监护人同意", "consent";
        Emergency = "emergency", "紧急情况", "emergency";
    }
}

codes! {
    /// What the consent covers.
    ConsentScope {
        Records = "records", "建立档案", "records";
        Authority = "authority", "报送主管部门", "report to the authority";
        Sponsor = "sponsor", "提供给资助方", "give to sponsors";
        Photos = "photos", "拍摄影像", "photos";
        Publicity = "publicity", "宣传使用", "publicity";
    }
}

codes! {
    /// The definition of a left-behind child.
    Definition {
        OneOrBothAway = "one-or-both-away", "父母一方或双方外出", "one or both parents away";
        BothAway = "both-away", "父母双方外出", "both parents away";
        Statutory = "statutory", "国发〔2016〕13号", "State Council 2016 No. 13";
    }
}
