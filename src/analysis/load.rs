//! A helper's caseload: the left-behind children paired with it on a day, and the limits of the policy.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::pairing::{Pairing, PairingRole};
use crate::model::school::Policy;
use crate::model::{Entry, Id};

/// The children of one helper, by the role of the pairing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load(pub BTreeMap<PairingRole, BTreeSet<Id>>);

/// A role in which a helper has more children than the policy allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseloadExcess<'l> {
    /// The role.
    pub role: PairingRole,
    /// The children.
    pub children: &'l BTreeSet<Id>,
    /// The maximum allowed.
    pub most: u32,
}

impl Load {
    /// The distinct children.
    pub fn children(&self) -> BTreeSet<Id> {
        self.0.values().flatten().copied().collect()
    }

    /// Returns the roles with more children than the policy allows.
    pub fn over(&self, policy: &Policy) -> Vec<CaseloadExcess<'_>> {
        let roles = self.0.iter();
        let excess = roles.filter_map(|(role, children)| {
            let most = policy.caseload.most(*role)?;
            (children.len() > most as usize).then_some(CaseloadExcess {
                role: *role,
                children,
                most,
            })
        });
        excess.collect()
    }

    /// Whether some role has fewer children than the policy's minimum.
    pub fn is_under(&self, policy: &Policy) -> bool {
        self.0.iter().any(|(role, children)| {
            let least = policy.caseload.least(*role);
            least.is_some_and(|least| children.len() < least as usize)
        })
    }
}

/// Returns the loads of the helpers with running pairings on a day.
pub fn loads<'a>(
    pairings: impl IntoIterator<Item = &'a Entry<Pairing>>,
    day: NaiveDate,
    is_left_behind: impl Fn(Id) -> bool,
) -> BTreeMap<Id, Load> {
    let mut loads: BTreeMap<Id, Load> = BTreeMap::new();
    for pairing in pairings {
        let child = pairing.child.id();
        if pairing.runs(day) && is_left_behind(child) {
            let load = loads.entry(pairing.helper.id()).or_default();
            load.0.entry(pairing.role).or_default().insert(child);
        }
    }
    loads
}
