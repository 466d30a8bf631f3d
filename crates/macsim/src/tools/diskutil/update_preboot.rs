//! `diskutil apfs updatePreboot /`.

use super::preboot_transcript::transcript;
use crate::rules::preboot::update_preboot;
use crate::tools::session::{Exit, Session};

pub(super) fn run(session: &mut Session<'_>) -> Exit {
    if session.uid != 0 {
        session.err("Error updating Preboot Volume: Ownership of the affected disks is required");
        return 1;
    }
    let lines = session.look(transcript);
    session.effect(update_preboot);
    for line in lines {
        session.out(&line);
    }
    0
}
