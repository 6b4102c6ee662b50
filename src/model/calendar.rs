//! Dates of festivals, and the lunar calendar (GB/T 33661) by which they and some birthdays are kept.
//!
//! Lunar dates come from a table that ends in January 2101; the two festivals that follow the sun's longitude, Qingming
//! and the winter solstice, are known for 2000 to 2099. Outside these ranges there is no date.

use chinese_lunisolar_calendar::{LunarDay, LunarMonth, LunisolarDate, LunisolarYear, SolarYear};
use chrono::{Datelike, NaiveDate};

use super::codes::codes;

/// Defines a list of codes that contains the festivals; they are listed only here.
macro_rules! codes_with_festivals {
    (
        $(#[$meta:meta])*
        $name:ident { before { $($before:tt)* } after { $($after:tt)* } }
    ) => {
        $crate::model::codes::codes! {
            $(#[$meta])*
            $name {
                $($before)*
                SpringFestival = "spring-festival", "春节", "Spring Festival";
                Lantern = "lantern", "元宵节", "Lantern Festival";
                LeiFeng = "lei-feng", "学雷锋日", "Lei Feng Day";
                ArborDay = "arbor-day", "植树节", "Arbor Day";
                Qingming = "qingming", "清明节", "Qingming";
                ReadingDay = "reading-day", "世界读书日", "World Book Day";
                LabourDay = "labour-day", "劳动节", "Labour Day";
                DragonBoat = "dragon-boat", "端午节", "Dragon Boat Festival";
                ChildrensDay = "childrens-day", "儿童节", "Children's Day";
                TeachersDay = "teachers-day", "教师节", "Teachers' Day";
                MidAutumn = "mid-autumn", "中秋节", "Mid-Autumn Festival";
                NationalDay = "national-day", "国庆节", "National Day";
                DoubleNinth = "double-ninth", "重阳节", "Double Ninth Festival";
                WinterSolstice = "winter-solstice", "冬至", "winter solstice";
                NewYear = "new-year", "元旦", "New Year";
                $($after)*
            }
        }
    };
}

pub(crate) use codes_with_festivals;

codes_with_festivals! {
    /// A festival, or a day that schools observe like one.
    Festival { before {} after {} }
}

codes! {
    /// The calendar by which a birthday is kept.
    BirthdayCalendar {
        Solar = "solar", "公历", "solar";
        Lunar = "lunar", "农历", "lunar";
    }
}

/// The rule by which the date of a festival is computed.
enum Rule {
    /// A month and day of the solar calendar.
    Solar(u32, u32),
    /// A month and day of the lunar calendar.
    Lunar(u8, u8),
    /// A solar term: its month, and when it began in 2000 in that month, in units of 1/10,000 of a day.
    SolarTerm(u32, u32),
}

/// How much later a solar term begins each year before leap days are taken off, in units of 1/10,000 of a day.
const SOLAR_TERM_DRIFT: u32 = 2422;

/// The year in which the winter solstice falls minutes before midnight, so that the formula in `day` is one day late.
const SOLSTICE_BEFORE_MIDNIGHT: i32 = 2021;

impl Festival {
    fn rule(self) -> Rule {
        match self {
            Festival::NewYear => Rule::Solar(1, 1),
            Festival::SpringFestival => Rule::Lunar(1, 1),
            Festival::Lantern => Rule::Lunar(1, 15),
            Festival::LeiFeng => Rule::Solar(3, 5),
            Festival::ArborDay => Rule::Solar(3, 12),
            Festival::Qingming => Rule::SolarTerm(4, 48_100),
            Festival::ReadingDay => Rule::Solar(4, 23),
            Festival::LabourDay => Rule::Solar(5, 1),
            Festival::DragonBoat => Rule::Lunar(5, 5),
            Festival::ChildrensDay => Rule::Solar(6, 1),
            Festival::TeachersDay => Rule::Solar(9, 10),
            Festival::MidAutumn => Rule::Lunar(8, 15),
            Festival::NationalDay => Rule::Solar(10, 1),
            Festival::DoubleNinth => Rule::Lunar(9, 9),
            Festival::WinterSolstice => Rule::SolarTerm(12, 219_400),
        }
    }

    /// Returns the date of the festival in a solar year; none where it is unknown.
    pub fn day(self, year: i32) -> Option<NaiveDate> {
        match self.rule() {
            Rule::Solar(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Rule::Lunar(month, day) => {
                let leap = false;
                LunarDate {
                    year,
                    month,
                    leap,
                    day,
                }
                .solar()
            }
            Rule::SolarTerm(month, in_2000) => {
                let since = u32::try_from(year - 2000)
                    .ok()
                    .filter(|since| *since < 100)?;
                let early = self == Festival::WinterSolstice && year == SOLSTICE_BEFORE_MIDNIGHT;
                let day =
                    (since * SOLAR_TERM_DRIFT + in_2000) / 10_000 - since / 4 - u32::from(early);
                NaiveDate::from_ymd_opt(year, month, day)
            }
        }
    }
}

/// A date of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LunarDate {
    /// The solar year in which the lunar year begins.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// Whether it is the leap month that follows the month of that number.
    pub leap: bool,
    /// The day, 1 to 30.
    pub day: u8,
}

impl LunarDate {
    /// Converts a solar date, from 19 February 1901 to 28 January 2101.
    pub fn of(day: NaiveDate) -> Option<LunarDate> {
        let lunar = LunisolarDate::from_date(day).ok()?;
        let month = lunar.to_lunar_month();
        Some(LunarDate {
            year: i32::from(lunar.to_lunisolar_year().to_u16()),
            month: month.to_u8(),
            leap: month.is_leap_month(),
            day: lunar.to_lunar_day().to_u8(),
        })
    }

    /// Converts to a solar date; none where the year has no such month or day, or is not in the table.
    pub fn solar(self) -> Option<NaiveDate> {
        let year = SolarYear::from_u16(u16::try_from(self.year).ok()?);
        let year = LunisolarYear::from_solar_year(year).ok()?;
        let month = LunarMonth::from_u8_with_leap(self.month, self.leap).ok()?;
        let day = LunarDay::from_u8(self.day).ok()?;
        let date = LunisolarDate::from_lunisolar_year_lunar_month_day(year, month, day).ok()?;
        Some(date.to_naive_date())
    }

    /// Returns the solar date on which a birthday on this date is kept in another lunar year.
    ///
    /// In a year without that leap month it is kept in the ordinary month of the same number, and in a month of 29 days
    /// on the 29th instead of the 30th.
    pub fn anniversary(self, year: i32) -> Option<NaiveDate> {
        let months = [self.leap, false].into_iter();
        months
            .flat_map(|leap| [self.day, self.day.min(29)].map(|day| (leap, day)))
            .find_map(|(leap, day)| {
                LunarDate {
                    year,
                    leap,
                    day,
                    ..self
                }
                .solar()
            })
    }
}

/// Returns the next birthday on or after a day, by the calendar in which it is kept, and the age reached on it in
/// years.
///
/// Someone born on 29 February reaches it on 1 March in common years, as the law counts age.
pub fn next_birthday(
    birth: NaiveDate,
    calendar: BirthdayCalendar,
    from: NaiveDate,
) -> Option<(NaiveDate, u32)> {
    let lunar = match calendar {
        BirthdayCalendar::Lunar => Some(LunarDate::of(birth)?),
        BirthdayCalendar::Solar => None,
    };
    let born = lunar.map_or(birth.year(), |lunar| lunar.year);
    // A lunar year begins up to seven weeks into the solar year, so that its end falls in the next.
    let years = from.year() - 1..=from.year() + 1;
    let birthday = |year: i32| match lunar {
        Some(lunar) => lunar.anniversary(year),
        None => birth
            .with_year(year)
            .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)),
    };
    years
        .filter_map(|year| Some((birthday(year)?, u32::try_from(year - born).ok()?)))
        .find(|(day, age)| *day >= from && *age > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Code;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn lunar_festivals_fall_on_the_published_days_up_to_2040() {
        // 春节, 端午, 中秋, from the tables of the Hong Kong Observatory.
        for (year, days) in [
            (2028, ["01-26", "05-28", "10-03"]),
            (2029, ["02-13", "06-16", "09-22"]),
            (2030, ["02-03", "06-05", "09-12"]),
            (2031, ["01-23", "06-24", "10-01"]),
            (2032, ["02-11", "06-12", "09-19"]),
            (2033, ["01-31", "06-01", "09-08"]),
            (2034, ["02-19", "06-20", "09-27"]),
            (2035, ["02-08", "06-10", "09-16"]),
            (2036, ["01-28", "05-30", "10-04"]),
            (2037, ["02-15", "06-18", "09-24"]),
            (2038, ["02-04", "06-07", "09-13"]),
            (2039, ["01-24", "05-27", "10-02"]),
            (2040, ["02-12", "06-14", "09-20"]),
        ] {
            for (code, shown) in ["spring-festival", "dragon-boat", "mid-autumn"]
                .iter()
                .zip(days)
            {
                let festival = Festival::of_code(code).unwrap();
                assert_eq!(
                    festival.day(year),
                    Some(day(&format!("{year}-{shown}"))),
                    "{code}"
                );
            }
        }
    }

    #[test]
    fn festivals_fall_on_the_days_of_published_calendars() {
        // 春节, 元宵, 清明, 端午, 中秋, 重阳, 冬至.
        let published = [
            (
                2020,
                [
                    "01-25", "02-08", "04-04", "06-25", "10-01", "10-25", "12-21",
                ],
            ),
            (
                2021,
                [
                    "02-12", "02-26", "04-04", "06-14", "09-21", "10-14", "12-21",
                ],
            ),
            (
                2022,
                [
                    "02-01", "02-15", "04-05", "06-03", "09-10", "10-04", "12-22",
                ],
            ),
            (
                2023,
                [
                    "01-22", "02-05", "04-05", "06-22", "09-29", "10-23", "12-22",
                ],
            ),
            (
                2024,
                [
                    "02-10", "02-24", "04-04", "06-10", "09-17", "10-11", "12-21",
                ],
            ),
            (
                2025,
                [
                    "01-29", "02-12", "04-04", "05-31", "10-06", "10-29", "12-21",
                ],
            ),
            (
                2026,
                [
                    "02-17", "03-03", "04-05", "06-19", "09-25", "10-18", "12-22",
                ],
            ),
            (
                2027,
                [
                    "02-06", "02-20", "04-05", "06-09", "09-15", "10-08", "12-22",
                ],
            ),
        ];
        let festivals = [
            Festival::SpringFestival,
            Festival::Lantern,
            Festival::Qingming,
            Festival::DragonBoat,
            Festival::MidAutumn,
            Festival::DoubleNinth,
            Festival::WinterSolstice,
        ];
        for (year, days) in published {
            for (festival, expected) in festivals.into_iter().zip(days) {
                let found = festival.day(year).unwrap();
                assert_eq!(
                    found,
                    day(&format!("{year}-{expected}")),
                    "{festival:?} {year}"
                );
            }
        }
        assert_eq!(Festival::MidAutumn.day(2033), Some(day("2033-09-08")));
        assert_eq!(Festival::SpringFestival.day(1850), None);
    }

    #[test]
    fn lunar_and_solar_dates_convert_both_ways() {
        let all = day("1901-02-19")
            .iter_days()
            .take_while(|d| *d <= day("2101-01-28"));
        for solar in all {
            let lunar = LunarDate::of(solar).unwrap();
            assert_eq!(lunar.solar(), Some(solar), "{lunar:?}");
        }
    }

    #[test]
    fn a_birthday_is_kept_by_its_calendar() {
        use BirthdayCalendar::{Lunar, Solar};
        let next = |birth, calendar, from| {
            let (next, age) = next_birthday(day(birth), calendar, day(from)).unwrap();
            (next.to_string(), age)
        };
        assert_eq!(
            next("2015-11-20", Solar, "2025-11-20"),
            ("2025-11-20".to_owned(), 10)
        );
        assert_eq!(
            next("2015-11-20", Solar, "2025-11-21"),
            ("2026-11-20".to_owned(), 11)
        );
        assert_eq!(
            next("2016-02-29", Solar, "2025-02-01"),
            ("2025-03-01".to_owned(), 9)
        );
        assert_eq!(
            next("2016-02-29", Solar, "2028-02-01"),
            ("2028-02-29".to_owned(), 12)
        );
        // 19 February 2015 is the first day of the lunar year.
        assert_eq!(
            next("2015-02-19", Lunar, "2025-01-01"),
            ("2025-01-29".to_owned(), 10)
        );
        // So is 28 January 2017; 27 January is the last day of the year before, which in 2025 falls on the 28th.
        assert_eq!(
            next("2017-01-27", Lunar, "2025-01-01"),
            ("2025-01-28".to_owned(), 8)
        );
        // 2025 has a leap sixth month as 2017 had; 2026 has only an ordinary one.
        assert_eq!(
            next("2017-07-23", Lunar, "2025-07-01"),
            ("2025-07-25".to_owned(), 8)
        );
        assert_eq!(
            next("2017-07-23", Lunar, "2026-07-01"),
            ("2026-07-14".to_owned(), 9)
        );
        // The day of birth itself is not a birthday.
        assert_eq!(
            next("2025-11-20", Solar, "2025-11-01"),
            ("2026-11-20".to_owned(), 1)
        );
    }
}
