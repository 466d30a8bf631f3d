//! `POST /api/v1/what-if`: what a change would do, device by device. Sends nothing and keeps nothing.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
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

/// After so many devices a request ends. The next one goes on.
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
    /// `counts.next` of the answer before, where that is not complete: counting goes on there, and no devices are listed.
    pub count_from: Option<String>,
}

/// How far a count has come.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Counted {
    /// Of what, in a line.
    supposed: String,
    /// Behind the last device that was counted.
    place: Place,
    /// What was counted.
    counts: WhatIfCounts,
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
    answer_of(app, organization_id, question, wanted, MOST).await
}

/// The same, looking at `most` devices, or at as many more as are read at a time.
async fn answer_of(
    app: &App,
    organization_id: OrganizationId,
    question: &Question,
    wanted: &Wanted,
    most: u64,
) -> Result<WhatIfView, Problem> {
    let supposed = question.supposed.in_words();
    let only = verdict(wanted.verdict.as_deref())?;
    let limit = page::limit(wanted.limit)? as usize;
    let begin: Option<Place> = page::read_cursor(wanted.cursor.as_deref())?;
    let counted = counted(wanted, &supposed)?;
    let (counts_are_wanted, items_are_wanted) = (begin.is_none(), counted.is_none());
    let Counted {
        mut place,
        mut counts,
        ..
    } = counted.unwrap_or_else(|| Counted {
        place: begin.unwrap_or_default(),
        ..Counted::default()
    });
    let (mut looked, mut items, mut next) = (0, Vec::new(), None);
    let selector = &question.selector;
    let complete = 'devices: loop {
        let devices = selector.devices(app, organization_id, &place, CHUNK).await?;
        if devices.is_empty() && selector.is_behind(&place) {
            break true;
        }
        if looked >= most {
            break false;
        }
        for (number, device) in devices.iter().enumerate() {
            let outlook = Outlook::of(app, device, &question.supposed).await?;
            let verdict = outlook.verdict();
            let forecast = outlook.forecast.as_ref();
            let worst = forecast.and_then(|forecast| forecast.losses.first().copied());
            looked += 1;
            counts.note(verdict, worst, outlook.concerned);
            if items_are_wanted && next.is_none() && only.is_none_or(|only| only == verdict) {
                items.push(member(device, outlook));
                if items.len() == limit {
                    next = Some(place.behind(&devices[..=number], number + 1));
                    if !counts_are_wanted {
                        break 'devices false;
                    }
                }
            }
        }
        place = place.behind(&devices, CHUNK as usize);
    };
    if !complete && items_are_wanted && next.is_none() {
        next = Some(place.clone());
    }
    let counts = counts_are_wanted.then(|| {
        let counts = counts.finish(complete);
        let next = (!complete).then(|| {
            cursor(&Counted {
                supposed: supposed.clone(),
                place,
                counts: counts.clone(),
            })
        });
        WhatIfCounts { next, ..counts }
    });
    Ok(WhatIfView {
        supposed,
        counts,
        items,
        next_cursor: next.as_ref().map(cursor),
    })
}

fn cursor(names: &impl Serialize) -> String {
    Bytes(serde_json::to_vec(names).unwrap_or_default()).to_text()
}

/// What was counted by the requests before.
fn counted(wanted: &Wanted, supposed: &str) -> Result<Option<Counted>, Problem> {
    let rule = "comes from the `counts.next` of an answer to the same question, and stands without `cursor`";
    let not_ours = |_| Problem::invalid("count_from", rule);
    let counted: Option<Counted> = page::read_cursor(wanted.count_from.as_deref()).map_err(not_ours)?;
    match counted {
        Some(counted) if counted.supposed != supposed || wanted.cursor.is_some() => {
            Err(Problem::invalid("count_from", rule))
        }
        counted => Ok(counted),
    }
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
