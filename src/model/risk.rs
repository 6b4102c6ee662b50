//! The level of risk of a child.

use super::codes::codes;

codes! {
    /// A level of risk.
    Risk {
        Low = "low", "低", "low";
        Medium = "medium", "中", "medium";
        High = "high", "高", "high";
    }
}
