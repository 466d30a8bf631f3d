//! Files that nobody else on the computer can read.

use nix::sys::stat::{Mode, umask};

/// Lets every file and folder that this process makes from now on, and what it starts, be for its owner alone: the
/// database, which SQLite makes with two more beside it, logs, keys.
pub fn make_files_private() {
    umask(Mode::S_IRWXG | Mode::S_IRWXO);
}
