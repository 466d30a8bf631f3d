//! Programs named like Apple's. Each one is a function of a session; which Mac, which streams and which
//! clock are behind it is the host's business.

pub mod apple_plist;
mod bputil;
mod createhomedir;
mod csrutil;
mod defaults;
mod diskutil;
mod dscl;
mod dseditgroup;
mod dsmemberutil;
mod fdesetup;
pub mod host;
mod id;
pub mod invocation;
mod ioreg;
mod kernel;
mod launchctl;
mod mdmclient;
pub(crate) mod memory_host;
mod nvram;
mod odutil;
mod old_plist;
mod passwd;
mod profiles;
mod pwpolicy;
mod sc_auth;
mod scutil;
mod security;
pub mod session;
mod stat;
mod sw_vers;
mod sysadminctl;
mod system_profiler;

use host::Host;
use invocation::{Invocation, Output};
use memory_host::MemoryHost;
use session::{Exit, Session};

use crate::model::mac::Mac;

type Program = fn(&mut Session<'_>, &[String]) -> Exit;

/// A tool of the simulated Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tool(usize);

/// Name, place on a Mac, program.
const TOOLS: &[(&str, &str, Program)] = &[
    ("bputil", "/usr/bin", bputil::run),
    ("createhomedir", "/usr/sbin", createhomedir::run),
    ("csrutil", "/usr/bin", csrutil::run),
    ("defaults", "/usr/bin", defaults::run),
    ("diskutil", "/usr/sbin", diskutil::run),
    ("dscl", "/usr/bin", dscl::run),
    ("dseditgroup", "/usr/sbin", dseditgroup::run),
    ("dsmemberutil", "/usr/bin", dsmemberutil::run),
    ("fdesetup", "/usr/bin", fdesetup::run),
    ("id", "/usr/bin", id::run),
    ("ioreg", "/usr/sbin", ioreg::run),
    ("launchctl", "/bin", launchctl::run),
    ("mdmclient", "/usr/libexec", mdmclient::run),
    ("nvram", "/usr/sbin", nvram::run),
    ("odutil", "/usr/bin", odutil::run),
    ("passwd", "/usr/bin", passwd::run),
    ("profiles", "/usr/bin", profiles::run),
    ("pwpolicy", "/usr/bin", pwpolicy::run),
    ("sc_auth", "/usr/sbin", sc_auth::run),
    ("scutil", "/usr/sbin", scutil::run),
    ("security", "/usr/bin", security::run),
    ("stat", "/usr/bin", stat::run),
    ("sw_vers", "/usr/bin", sw_vers::run),
    ("sysadminctl", "/usr/sbin", sysadminctl::run),
    ("sysctl", "/usr/sbin", kernel::sysctl),
    ("system_profiler", "/usr/sbin", system_profiler::run),
    ("uname", "/usr/bin", kernel::uname),
];

impl Tool {
    /// The tool of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TOOLS.iter().position(|(tool, ..)| *tool == name).map(Self)
    }

    /// Whether a call of it speaks to the management server.
    #[must_use]
    pub fn asks_mdm(self, args: &[String]) -> bool {
        self.name() == "profiles" && args.iter().any(|arg| arg == "bootstraptoken")
    }

    /// The tool at this absolute path of a Mac.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let (folder, name) = path.rsplit_once('/')?;
        Self::named(name).filter(|tool| TOOLS[tool.0].1 == folder)
    }

    /// Every tool.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..TOOLS.len()).map(Self)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        TOOLS[self.0].0
    }

    /// Its absolute path on a Mac.
    #[must_use]
    pub fn path(self) -> String {
        format!("{}/{}", TOOLS[self.0].1, self.name())
    }
}

/// Runs a tool on any host.
pub fn run_on(host: &mut dyn Host, tool: Tool, args: &[String], uid: u32, process: (u32, u64)) -> Exit {
    let mut session = Session::new(host, tool, uid, process);
    if let Some(noise) = session.look(|mac| mac.knobs.stderr_noise.clone()) {
        session.err(&noise);
    }
    (TOOLS[tool.0].2)(&mut session, args)
}

/// Runs a tool on a Mac in memory: no process, no file, no clock.
pub fn run(mac: &mut Mac, invocation: &Invocation) -> Output {
    let mut host = MemoryHost::new(mac, invocation);
    let exit = run_on(
        &mut host,
        invocation.tool,
        &invocation.args,
        invocation.uid,
        invocation.process,
    );
    Output { exit, ..host.output }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_found_by_name_and_by_path() {
        for tool in Tool::all() {
            assert_eq!(Tool::at(&tool.path()), Some(tool));
            assert_eq!(Tool::named(tool.name()), Some(tool));
        }
        assert_eq!(Tool::at("/usr/local/bin/sysadminctl"), None);
    }
}
