//! The tools that this crate drives and where Apple keeps them.

use std::fmt;

/// One of Apple's tools. Nothing else can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the tool of that name")]
pub enum Tool {
    Bputil,
    Csrutil,
    Defaults,
    Diskutil,
    Dscl,
    Dseditgroup,
    Dsmemberutil,
    Fdesetup,
    Id,
    Ioreg,
    Launchctl,
    Mdmclient,
    Nvram,
    Profiles,
    Pwpolicy,
    Security,
    Stat,
    SwVers,
    Sysadminctl,
    Sysctl,
    SystemProfiler,
}

impl Tool {
    /// Every tool, in the order of the names.
    pub const ALL: [Self; 21] = [
        Self::Bputil,
        Self::Csrutil,
        Self::Defaults,
        Self::Diskutil,
        Self::Dscl,
        Self::Dseditgroup,
        Self::Dsmemberutil,
        Self::Fdesetup,
        Self::Id,
        Self::Ioreg,
        Self::Launchctl,
        Self::Mdmclient,
        Self::Nvram,
        Self::Profiles,
        Self::Pwpolicy,
        Self::Security,
        Self::Stat,
        Self::SwVers,
        Self::Sysadminctl,
        Self::Sysctl,
        Self::SystemProfiler,
    ];

    /// The absolute path of the tool on a Mac. Sealed by System Integrity Protection, so that nobody can put
    /// another program in its place.
    pub fn path(self) -> &'static str {
        match self {
            Self::Bputil => "/usr/bin/bputil",
            Self::Csrutil => "/usr/bin/csrutil",
            Self::Defaults => "/usr/bin/defaults",
            Self::Diskutil => "/usr/sbin/diskutil",
            Self::Dscl => "/usr/bin/dscl",
            Self::Dseditgroup => "/usr/sbin/dseditgroup",
            Self::Dsmemberutil => "/usr/bin/dsmemberutil",
            Self::Fdesetup => "/usr/bin/fdesetup",
            Self::Id => "/usr/bin/id",
            Self::Ioreg => "/usr/sbin/ioreg",
            Self::Launchctl => "/bin/launchctl",
            Self::Mdmclient => "/usr/libexec/mdmclient",
            Self::Nvram => "/usr/sbin/nvram",
            Self::Profiles => "/usr/bin/profiles",
            Self::Pwpolicy => "/usr/bin/pwpolicy",
            Self::Security => "/usr/bin/security",
            Self::Stat => "/usr/bin/stat",
            Self::SwVers => "/usr/bin/sw_vers",
            Self::Sysadminctl => "/usr/sbin/sysadminctl",
            Self::Sysctl => "/usr/sbin/sysctl",
            Self::SystemProfiler => "/usr/sbin/system_profiler",
        }
    }

    /// The name by which people call the tool.
    pub fn name(self) -> &'static str {
        let path = self.path();
        path.rsplit_once('/').map_or(path, |(_, name)| name)
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn every_path_is_absolute_and_of_a_folder_that_apple_seals() {
        for tool in Tool::ALL {
            let sealed = ["/usr/bin/", "/usr/sbin/", "/usr/libexec/", "/bin/", "/sbin/"];
            assert!(
                sealed.iter().any(|folder| tool.path().starts_with(folder)),
                "{tool}"
            );
            assert!(!tool.name().contains('/'));
        }
    }
}
