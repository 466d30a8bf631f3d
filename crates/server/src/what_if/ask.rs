//! `POST /api/v1/what-if`: what a change would do, device by device. Sends nothing and keeps nothing.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::device::Device;
use trust::guard::Verdict;
use trust::id::OrganizationId;
use utoipa::IntoParams;

use super::input::{Question, WhatIfInput};
use super::outlook::Outlook;
use super::view::{SupposedMember, WhatIfCounts, WhatIfView};
use crate::app::{App, SharedApp};
use crate::bulk_actions::selector::Place;
use crate::identity::Caller;
use crate::input::{LongSecretBody, QueryOf};
use crate::page;
use crate::problem::{Problem, ProblemView};
use wire::encoding::Bytes;

/// How many devices are read at a time.
const CHUNK: u32 = 100;

/// How many devices one request looks at, at most.
const MOST: u64 = 5_000;

/// Which devices are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those of this verdict: `cuts`, `warns`, `cannot_tell` or `safe`.
    pub verdict: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// Says what a change would do to the chains of trust of the selected devices.
#[utoipa::path(post, path = "/api/v1/what-if", tag = "what if", params(Wanted), request_body = WhatIfInput, responses(
    (status = 200, description = "What it would do", body = WhatIfView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_what_if(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
    body: LongSecretBody,
) -> Result<Json<WhatIfView>, Problem> {
    let question = Question::read(&app, caller.organization_id, &body).await?;
    drop(body);
    answer(&app, caller.organization_id, &question, &wanted)
        .await
        .map(Json)
}

/// A page of the answer; the first one with the counts.
pub(crate) async fn answer(
    app: &App,
    organization_id: OrganizationId,
    question: &Question,
    wanted: &Wanted,
) -> Result<WhatIfView, Problem> {
    let only = verdict(wanted.verdict.as_deref())?;
    let limit = page::limit(wanted.limit)? as usize;
    let begin: Option<Place> = page::read_cursor(wanted.cursor.as_deref())?;
    let is_first = begin.is_none();
    let mut place = begin.unwrap_or_default();
    let (mut counts, mut items, mut next) = (WhatIfCounts::default(), Vec::new(), None);
    let selector = &question.selector;
    let complete = 'devices: loop {
        let devices = selector.devices(app, organization_id, &place, CHUNK).await?;
        if devices.is_empty() && selector.is_behind(&place) {
            break true;
        }
        for (number, device) in devices.iter().enumerate() {
            if counts.devices == MOST {
                break 'devices false;
            }
            let outlook = Outlook::of(app, device, &question.supposed).await?;
            let verdict = outlook.verdict();
            let forecast = outlook.forecast.as_ref();
            let worst = forecast.and_then(|forecast| forecast.losses.first().copied());
            counts.note(verdict, worst, outlook.concerned);
            if next.is_none() && only.is_none_or(|only| only == verdict) {
                items.push(member(device, outlook));
                if items.len() == limit {
                    next = Some(place.behind(&devices[..=number], number + 1));
                    if !is_first {
                        break 'devices false;
                    }
                }
            }
        }
        place = place.behind(&devices, CHUNK as usize);
    };
    if !complete && next.is_none() {
        next = Some(place);
    }
    Ok(WhatIfView {
        supposed: question.supposed.in_words(),
        counts: is_first.then(|| counts.finish(complete)),
        items,
        next_cursor: next.map(|place| Bytes(serde_json::to_vec(&place).unwrap_or_default()).to_text()),
    })
}

fn verdict(word: Option<&str>) -> Result<Option<Verdict>, Problem> {
    match word.unwrap_or_default() {
        "" => Ok(None),
        word => Verdict::from_word(word)
            .map(Some)
            .ok_or_else(|| Problem::invalid("verdict", "is `cuts`, `warns`, `cannot_tell` or `safe`")),
    }
}

fn member(device: &Device, outlook: Outlook) -> SupposedMember {
    let verdict = outlook.verdict();
    let (losses, warnings, before, after) = match outlook.forecast {
        Some(forecast) => (
            forecast.losses,
            forecast.warnings,
            Some(forecast.before),
            Some(forecast.after),
        ),
        None => (Vec::new(), Vec::new(), None, None),
    };
    SupposedMember {
        device_id: device.id,
        device_name: device.name.clone(),
        serial_number: device.serial_number.clone(),
        verdict,
        losses,
        warnings,
        detail: outlook.detail,
        before,
        after,
    }
}

#[cfg(test)]
mod tests;
