//! `sw_vers`: the version of the system.

use crate::text::{excerpt, lines};
use crate::{Call, Error, Runner, Tool};

/// The version of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemVersion {
    /// `macOS`, or `Mac OS X` before 10.16.
    pub name: String,
    /// The version, such as `15.2` or `10.12.6`.
    pub version: String,
    /// The mark of a rapid security response, such as `(a)`.
    pub extra: Option<String>,
    /// The build, such as `24C101`.
    pub build: String,
}

/// Asks for the version of the system. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn system_version(runner: &dyn Runner) -> Result<SystemVersion, Error> {
    let answer = runner
        .run(&Call::new(Tool::SwVers, []))
        .map_err(Error::run(Tool::SwVers))?;
    SystemVersion::parse(&answer.stdout.text()).ok_or_else(|| Error::Unreadable {
        tool: Tool::SwVers,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    })
}

impl SystemVersion {
    /// Reads what the tool prints; `None` when name, version or build is missing.
    pub fn parse(said: &str) -> Option<Self> {
        let value = |key: &str| {
            let values = lines(said).filter_map(|line| line.split_once(':'));
            let mut named = values
                .filter(|(name, _)| name.trim() == key)
                .map(|(_, value)| value.trim());
            named.find(|value| !value.is_empty()).map(str::to_owned)
        };
        Some(Self {
            name: value("ProductName")?,
            version: value("ProductVersion").filter(|version| is_version(version))?,
            extra: value("ProductVersionExtra"),
            build: value("BuildVersion")?,
        })
    }

    /// The version as numbers: major, minor, patch; what is not named is 0.
    pub fn numbers(&self) -> [u32; 3] {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        [(); 3].map(|()| parts.next().unwrap_or(0))
    }
}

fn is_version(text: &str) -> bool {
    text.split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::SystemVersion;

    #[test]
    fn old_systems_are_read_as_new_ones() {
        let version = SystemVersion::parse(
            "ProductName:\tMac OS X\nProductVersion:\t10.12.6\nBuildVersion:\t16G2136\n",
        );
        let version = version.expect("a version");
        assert_eq!(
            (version.name.as_str(), version.numbers()),
            ("Mac OS X", [10, 12, 6])
        );
        assert_eq!(version.extra, None);
    }

    #[test]
    fn half_an_answer_is_no_version() {
        assert_eq!(
            SystemVersion::parse("ProductName:\tmacOS\nProductVersion:\t1x\nBuildVersion:\t1\n"),
            None
        );
        assert_eq!(
            SystemVersion::parse("ProductName:\tmacOS\nProductVersion:\t15\n"),
            None
        );
    }
}
