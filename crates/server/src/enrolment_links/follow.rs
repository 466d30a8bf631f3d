//! What the person of a Mac fills in by a link: the record is saved and the link used up, in one.

use store::actor::Actor;
use store::enrolment_link::{EnrolmentLink, FilledIn, Followed};
use store::enrolment_record::{Save, Source};
use store::idempotency::Request;

use crate::app::App;
use crate::devices::diagnose_anew::diagnose_anew;
use crate::enrolment_records::save::{KeptChanging, Said, attributes_of, prepare};
use crate::problem::Problem;
use crate::token;

/// How often a record is made anew because something changed under it.
const TRIES: usize = 3;

/// The link that an address holds, when it can be used.
pub(crate) async fn find(app: &App, link: &str) -> Result<Option<EnrolmentLink>, Problem> {
    Ok(store::enrolment_link::find(&app.store, &token::hash(link), app.now()).await?)
}

/// Saves what a person says; false when the link was used in the meantime.
pub(crate) async fn follow(
    app: &App,
    link: &str,
    found: &EnrolmentLink,
    said: &Said,
) -> Result<bool, Problem> {
    let hash = token::hash(link);
    let organization_id = found.organization_id;
    let said = std::slice::from_ref(said);
    for _ in 0..TRIES {
        let known = store::enrolment_attribute::list(&app.store, organization_id).await?;
        let prepared = prepare(app, organization_id, said).await?;
        let devices: Vec<_> = prepared
            .iter()
            .filter_map(|one| Some(one.device.as_ref()?.id))
            .collect();
        let filled_in = FilledIn {
            hash: hash.clone(),
            save: Save {
                request: Request {
                    organization_id,
                    actor: Actor::EnrolmentLink(found.serial_number.clone()),
                    key: hash.clone(),
                    fingerprint: hash.clone(),
                    at: app.now(),
                },
                source: Source::EnrolmentPage,
                attributes: attributes_of(said, &known)?,
                records: prepared.into_iter().map(|one| one.new).collect(),
                answer: None,
            },
        };
        match store::enrolment_link::follow(&app.store, &filled_in).await? {
            Followed::Done => {
                for device in devices {
                    app.events.device(organization_id, device);
                }
                // What is left is seen to by a job.
                let _ = diagnose_anew(app).await;
                return Ok(true);
            }
            Followed::Unusable => return Ok(false),
            Followed::Changed => {}
        }
    }
    Err(Problem::internal(&KeptChanging))
}
