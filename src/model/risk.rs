//! How much is at stake for a child.

use super::codes::codes;

codes! {
    /// How much is at stake.
    Risk {
        Low = "low", "低", "low";
        Medium = "medium", "中", "medium";
        High = "high", "高", "high";
    }
}
