//! Where a token came from, in words.

use trust::provenance::{Confidence, Origin, Provenance};

/// Where it came from, and how sure that is.
pub(crate) fn provenance_words(provenance: &Provenance) -> String {
    let sure = match provenance.confidence {
        Confidence::Proved => "proved",
        Confidence::Inferred => "inferred",
        Confidence::None => return origin_words(&provenance.origin),
    };
    format!("{} ({sure})", origin_words(&provenance.origin))
}

/// Where it came from.
pub(crate) fn origin_words(origin: &Origin) -> String {
    match origin {
        Origin::Granted { by } => format!("handed on by {by}"),
        Origin::SetupAssistant => "from Setup Assistant".to_owned(),
        Origin::AutomatedAdminFirstLogin => "from the first login after automated enrolment".to_owned(),
        Origin::BootstrapToken => "from the bootstrap token, at a login".to_owned(),
        Origin::Unknown => "from before Bestow looked".to_owned(),
    }
}
