//! Links named like Apple's tools.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::tools::Tool;

/// Every tool at its absolute path below `root`, as a link to `program`.
///
/// # Errors
/// If a folder or link cannot be made.
pub fn root_tree(root: &Path, program: &Path) -> io::Result<()> {
    for tool in Tool::all() {
        link(&root.join(tool.path().trim_start_matches('/')), program)?;
    }
    Ok(())
}

/// Every tool side by side in `dir`, to be put on a `PATH`.
///
/// # Errors
/// If the folder or a link cannot be made.
pub fn flat(dir: &Path, program: &Path) -> io::Result<()> {
    for tool in Tool::all() {
        link(&dir.join(tool.name()), program)?;
    }
    Ok(())
}

fn link(path: &Path, program: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    symlink(program, path)
}
