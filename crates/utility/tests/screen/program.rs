//! The program under test, running.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::screen::Screen;

/// The program. It is killed, by its id, when the test lets go of it.
pub struct Program {
    child: Child,
    home: PathBuf,
}

impl Program {
    /// Starts it at `screen`, for the simulated Mac at `root`. What it says, and whatever it may keep, goes to `home`.
    pub fn start(screen: &Screen, root: &Path, home: &Path, appearance: &str) -> Self {
        let said = File::create(home.join("said")).unwrap();
        #[expect(clippy::disallowed_methods, reason = "the test starts the program under test")]
        let child = Command::new(env!("CARGO_BIN_EXE_bestow-service-account"))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("DISPLAY", &screen.name)
            .env("HOME", home)
            .env("TZ", "UTC")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .args(["--appearance", appearance, "--root"])
            .arg(root)
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap();
        Self {
            child,
            home: home.to_owned(),
        }
    }

    /// What others can see of it: its arguments, its environment, what it has said and kept.
    pub fn seen_from_outside(&self) -> Vec<u8> {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let mut seen = ["cmdline", "environ"]
            .map(|file| fs::read(process.join(file)).unwrap())
            .concat();
        below(&self.home, &mut seen);
        seen
    }
}

fn below(folder: &Path, seen: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => below(&path, seen),
            false => seen.extend(fs::read(path).unwrap()),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
