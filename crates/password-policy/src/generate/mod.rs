//! Makes passwords that a policy allows.

mod conflict;
mod draw;

pub use conflict::{Conflict, ConflictKind};
pub use draw::{Generated, Generator};

use crate::chars::Chars;
use crate::evaluation::Subject;
use crate::language::{Language, Readings, TooComplex};
use crate::policy::Policy;
use crate::rule::{Category, Rule};

/// Characters that no prompt, keyboard layout, property list or careless script of others stumbles over.
const PREFERRED: Chars = Chars::ALPHANUMERIC.union(Chars::of("!#%+,-./:=@^_~"));
/// Characters that Apple's prompts take as they are: all that are printable but quotes, backslashes and spaces.
const SAFE: Chars = Chars::ALL.minus(Chars::of(" \"'`\\"));

/// Why no password could be made.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CannotGenerate {
    /// It is proved that no password will do.
    #[error(transparent)]
    Conflict(Box<Conflict>),
    /// The rules are too complex to be worked out.
    #[error("the rules of the password policy are too complex to be worked out")]
    TooComplex,
    /// Many passwords were tried that should have done, and each violated a rule.
    #[error("no password was found that satisfies all rules of the password policy")]
    NotFound,
}

impl From<TooComplex> for CannotGenerate {
    fn from(_: TooComplex) -> Self {
        Self::TooComplex
    }
}

impl Policy {
    /// Works out which passwords the policy allows, to draw some.
    ///
    /// # Errors
    /// When it is proved that there are none, with the rules that leave none, or when it is too complex.
    pub fn generator<'p>(&'p self, subject: Subject<'p>) -> Result<Generator<'p>, CannotGenerate> {
        let mut facts = subject.facts();
        // What is drawn at random is no earlier password.
        facts.has_history = false;
        let rules: Vec<&Rule> = self.rules_about(Category::PasswordContent).collect();
        let language = Language::of(&rules, &facts, &[PREFERRED, SAFE])?;
        let all: Vec<usize> = (0..rules.len()).collect();
        for (alphabet, readings) in [
            (PREFERRED, Readings::All),
            (SAFE, Readings::All),
            (PREFERRED, Readings::Any),
            (SAFE, Readings::Any),
        ] {
            let (product, classes) = language.together(&all, readings, alphabet)?;
            if !product.is_empty() {
                let classes = classes.iter().map(|class| class.intersection(alphabet)).collect();
                return Ok(Generator::new(self, facts, product, classes));
            }
        }
        let conflict = conflict::find(&language, &rules)?;
        Err(CannotGenerate::Conflict(Box::new(conflict)))
    }
}
