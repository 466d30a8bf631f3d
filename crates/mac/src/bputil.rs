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

/// One entry of a boot policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyEntry {
    /// The name that people see.
    pub name: String,
    /// The tag of four letters, such as `smb0`.
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
}

impl PolicyEntry {
    /// Reads `Security Mode:   Full   (smb0): absent` or `Board ID   (BORD): 0x24`.
    fn parse(line: &str) -> Option<Self> {
        let (before, rest) = line.split_once(" (")?;
        let (tag, value) = rest.split_once("):")?;
        let is_tag = tag.len() == 4 && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
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
