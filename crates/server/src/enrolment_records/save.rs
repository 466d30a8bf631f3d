//! Saving what somebody says of Macs and their people: made from what is known, with its secrets sealed, and all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use secrecy::SecretString;
use store::device::Device;
use store::enrolment_attribute::Attributes;
use store::enrolment_record::{KeptRecord, NewRecord, Save, Saved, Source};
use store::idempotency::Request;
use trust::code::Code;
use trust::enrolment::{AttributeName, EnrolmentRecord, RecordChange, SerialNumber};
use trust::id::OrganizationId;
use trust::wildcard::{AttributeKind, Word};

use super::collect::collect;
use crate::app::App;
use crate::devices::diagnose_anew::diagnose_anew;
use crate::problem::Problem;

/// How often records are made anew because something changed under them.
const TRIES: usize = 3;

/// How many attributes an organisation can have.
const MOST_ATTRIBUTES: usize = 100;

/// What is said of one Mac.
pub(crate) struct Said {
    /// Its serial number.
    pub serial_number: SerialNumber,
    /// What is said of its person.
    pub person: Person,
    /// Secrets that are given.
    pub secrets: BTreeMap<AttributeName, SecretString>,
    /// Secrets that are to be destroyed.
    pub forget: BTreeSet<AttributeName>,
}

/// What is said of a person.
pub(crate) enum Person {
    /// All that there is to know; what is known beside it is forgotten.
    Whole(EnrolmentRecord),
    /// A part; the rest stays.
    Part(RecordChange),
}

/// What will become of one Mac's record.
pub(crate) struct Prepared {
    /// The record as it is.
    pub before: Option<KeptRecord>,
    /// The approved device that has the serial number.
    pub device: Option<Device>,
    /// The record as it will be, with its secrets.
    pub new: NewRecord,
    /// The names of what changes.
    pub changes: Vec<String>,
}

/// Saves what is said, in one transaction. `answer` is what is told of it, kept for the same request again.
pub(crate) async fn save(
    app: &App,
    request: &Request,
    source: Source,
    said: &[Said],
    answer: impl Fn(&[Prepared]) -> String,
) -> Result<String, Problem> {
    let organization_id = request.organization_id;
    for _ in 0..TRIES {
        let known = store::enrolment_attribute::list(&app.store, organization_id).await?;
        let attributes = attributes_of(said, &known)?;
        let prepared = prepare(app, organization_id, said).await?;
        let answer = answer(&prepared);
        let devices: Vec<_> = prepared
            .iter()
            .filter_map(|one| Some(one.device.as_ref()?.id))
            .collect();
        let save = Save {
            request: request.clone(),
            source,
            attributes,
            records: prepared
                .into_iter()
                .filter(says_something)
                .map(|one| one.new)
                .collect(),
            answer: Some(answer.clone()),
        };
        match store::enrolment_record::save(&app.store, &save).await? {
            Saved::Done => {
                for device in devices {
                    app.events.device(organization_id, device);
                }
                // What is left is seen to by a job.
                let _ = diagnose_anew(app).await;
                return Ok(answer);
            }
            Saved::Before(answer) => return Ok(answer.unwrap_or_default()),
            Saved::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
            Saved::Changed => {}
        }
    }
    Err(Problem::internal(&KeptChanging))
}

/// Whether something is to be saved of it.
fn says_something(prepared: &Prepared) -> bool {
    prepared.before.is_none() || !prepared.changes.is_empty()
}

/// What would be saved.
pub(crate) async fn prepare(
    app: &App,
    organization_id: OrganizationId,
    said: &[Said],
) -> Result<Vec<Prepared>, Problem> {
    let mut prepared = Vec::with_capacity(said.len());
    for one in said {
        prepared.push(prepare_one(app, organization_id, one).await?);
    }
    Ok(prepared)
}

async fn prepare_one(app: &App, organization_id: OrganizationId, said: &Said) -> Result<Prepared, Problem> {
    let serial_number = &said.serial_number;
    let before = store::enrolment_record::find(&app.store, organization_id, serial_number).await?;
    let device = store::device::of_serial_number(&app.store, organization_id, serial_number).await?;
    let blank = EnrolmentRecord::new(serial_number.clone());
    let known = before.as_ref().map_or(&blank, |kept| &kept.record);
    let record = match &said.person {
        Person::Whole(record) => record.clone(),
        Person::Part(change) => change.clone().applied_to(known.clone()),
    };
    let mut changes = known.differences(&record);
    changes.extend(said.secrets.keys().map(|name| format!("secret.{name}")));
    changes.extend(said.forget.iter().map(|name| format!("no secret.{name}")));
    let secrets = said.secrets.iter().map(|(attribute, secret)| {
        collect(
            app,
            organization_id,
            serial_number,
            device.as_ref(),
            attribute,
            secret,
        )
    });
    let new = NewRecord {
        record,
        before: before.as_ref().map(|kept| kept.updated_at),
        device: device
            .as_ref()
            .map(|device| (device.id, device.sealing_key.clone())),
        secrets: secrets.collect::<Result<_, _>>()?,
        forget: said.forget.iter().cloned().collect(),
        detail: changes.join(", "),
    };
    Ok(Prepared {
        before,
        device,
        new,
        changes,
    })
}

/// The organisation's own attributes that stand in what is said, each with its kind.
pub(crate) fn attributes_of(
    said: &[Said],
    known: &Attributes,
) -> Result<Vec<(AttributeName, AttributeKind)>, Problem> {
    let mut found = BTreeMap::new();
    for one in said {
        let plain = match &one.person {
            Person::Whole(record) => record.attributes.keys(),
            Person::Part(change) => change.attributes.keys(),
        };
        let plain = plain.map(|name| (name, AttributeKind::Plain));
        let secret = one.secrets.keys().map(|name| (name, AttributeKind::Secret));
        for (name, kind) in plain.chain(secret).filter(|(name, _)| Word::is_free(name)) {
            check_kind(name, kind, known.get(name).or(found.get(name)).copied())?;
            found.insert(name.clone(), kind);
        }
    }
    let new = found.keys().filter(|name| !known.contains_key(*name)).count();
    if new > 0 && known.len() + new > MOST_ATTRIBUTES {
        return Err(Problem::invalid(
            "attributes",
            "has at most 100 different names in an organisation",
        ));
    }
    Ok(found.into_iter().collect())
}

/// Checks that an attribute is of the kind that it was known as.
pub(crate) fn check_kind(
    name: &AttributeName,
    kind: AttributeKind,
    known: Option<AttributeKind>,
) -> Result<(), Problem> {
    match (kind, known) {
        (AttributeKind::Plain, Some(AttributeKind::Secret)) => Err(Problem::invalid(
            format!("attributes.{name}"),
            "is not the name of a secret attribute: give its value as a secret",
        )),
        (AttributeKind::Secret, Some(AttributeKind::Plain)) => Err(Problem::invalid(
            format!("secrets.{name}"),
            "is not the name of an attribute that is not secret: choose another name",
        )),
        _ => Ok(()),
    }
}

/// Others changed the same records each time.
#[derive(Debug, thiserror::Error)]
#[error("save enrolment records: they kept changing")]
pub(crate) struct KeptChanging;
