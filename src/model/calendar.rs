//! placeholder until the leaf branch lands
use super::codes::codes;
codes! {
    /// A festival.
    Festival { SpringFestival = "spring-festival", "春节", "Spring Festival"; }
}
