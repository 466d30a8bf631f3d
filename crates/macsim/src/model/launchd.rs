//! launchd's system domain, as far as installing and removing a daemon shows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Which jobs there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launchd {
    /// Labels that are loaded.
    pub loaded: BTreeSet<String>,
    /// Labels that take their time to stop; booting them out fails until they are done.
    pub stopping: BTreeSet<String>,
}
