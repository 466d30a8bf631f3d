//! `bputil`: the boot policy of Apple silicon.

use crate::text::{excerpt, lines};
use crate::{Answer, Call, Error, Runner, Tool};

/// What `bputil -d` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BootPolicyAnswer {
    /// The policy of the system that runs.
    Policy(BootPolicy),
    /// This Mac has no such policy: it has an Intel chip.
    NotAppleSilicon,
    /// The tool said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// A boot policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BootPolicy {
    /// The volume group whose policy it is, as it stands.
    pub volume_group: Option<String>,
    /// The entries that have a tag, in the order in which they are printed. A tag can stand twice.
    pub entries: Vec<PolicyEntry>,
}

/// What may start, as `bputil` says it. Startup Security Utility offers the same three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecurityMode {
    /// Only the newest system that Apple signs.
    Full,
    /// Any system that Apple has signed, and kernel extensions of others.
    Reduced,
    /// Also what nobody signed.
    Permissive,
}

/// One entry of a boot policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyEntry {
    /// The name that people see.
    pub name: String,
    /// The tag of four letters, such as `smb0`. Where two decide together both stand here: `smb0 && smb1`.
    pub tag: String,
    /// What the value means, when the tool says it: `Full`, `Enabled`.
    pub meaning: Option<String>,
    /// The value as it is stored; `absent` when it is not.
    pub value: String,
}

/// Reads the boot policy. Run as root.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn boot_policy(runner: &dyn Runner) -> Result<BootPolicyAnswer, Error> {
    let call = Call::fixed(Tool::Bputil, ["-d"]);
    Ok(BootPolicyAnswer::from(
        &runner.run(&call).map_err(Error::run(Tool::Bputil))?,
    ))
}

impl From<&Answer> for BootPolicyAnswer {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        if said.contains("not yet supported on this platform") {
            return Self::NotAppleSilicon;
        }
        let policy = BootPolicy::parse(&said);
        if policy.entries.is_empty() {
            Self::Unrecognised { text: excerpt(&said) }
        } else {
            Self::Policy(policy)
        }
    }
}

impl BootPolicy {
    /// Reads the entries; what has no tag is left out.
    pub fn parse(said: &str) -> Self {
        let group = lines(said).find_map(|line| line.strip_prefix("Local policy for volume group "));
        Self {
            volume_group: group.map(|group| group.trim_end_matches(':').to_owned()),
            entries: lines(said).filter_map(PolicyEntry::parse).collect(),
        }
    }

    /// What the value of a tag means.
    pub fn meaning(&self, tag: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|entry| entry.tag == tag)?
            .meaning
            .as_deref()
    }

    /// What may start; `None` when it is not said, or in a word that is not known.
    pub fn security_mode(&self) -> Option<SecurityMode> {
        let entry = self
            .entries
            .iter()
            .find(|entry| entry.name == "Security Mode" && entry.meaning.is_some())?;
        match entry.meaning.as_deref()? {
            "Full" => Some(SecurityMode::Full),
            "Reduced" => Some(SecurityMode::Reduced),
            "Permissive" => Some(SecurityMode::Permissive),
            _ => None,
        }
    }
}

impl PolicyEntry {
    /// Reads `Security Mode:   Full   (smb0): absent` or `Board ID   (BORD): 0x24`.
    fn parse(line: &str) -> Option<Self> {
        let (before, rest) = line.split_once(" (")?;
        let (tag, value) = rest.split_once("):")?;
        let is_tag = tag
            .split(" && ")
            .all(|tag| tag.len() == 4 && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let (name, meaning) = match before.split_once(':') {
            Some((name, meaning)) => (name, Some(meaning.trim().to_owned())),
            None => (before, None),
        };
        is_tag.then(|| Self {
            name: name.trim().to_owned(),
            tag: tag.to_owned(),
            meaning,
            value: value.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{BootPolicy, SecurityMode};

    /// Lines that owners of such Macs have published.
    #[test]
    fn the_mode_is_read_also_where_two_tags_decide() {
        for (line, mode) in [
            (
                "Security Mode:               Full       (smb0): absent",
                Some(SecurityMode::Full),
            ),
            (
                "Security Mode:               Reduced    (smb0): 1",
                Some(SecurityMode::Reduced),
            ),
            (
                "Security Mode:               Permissive (smb0 && smb1): 1",
                Some(SecurityMode::Permissive),
            ),
            ("Security Mode:               Other      (smb0): 1", None),
            ("Security Mode                           (CSEC): 1", None),
        ] {
            assert_eq!(BootPolicy::parse(line).security_mode(), mode, "{line}");
        }
    }
}
