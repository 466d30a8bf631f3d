//! How far a Mac is since somebody was sent the steps.

use maud::{Markup, html};
use trust::id::DeviceId;
use trust::recovery::{Aftercare, Task, TaskState};
use trust::time::Timestamp;

use crate::console::components::{Tone, badge, countdown, moment, section};
use crate::console::order::kind::OrderKind;
use crate::devices::recovery::BegunView;

/// What has happened and what has not, and what is left to see to.
pub(super) fn progress(device_id: &DeviceId, begun: &BegunView, now: Timestamp) -> Markup {
    let next = begun.milestones.iter().position(|one| !one.milestone.reached);
    html! {
        (section("progress", "How far the Mac is", html! {
            p { (begun.way.label()) ", begun " (moment(begun.begun_at)) ". This list follows what the agent reports." }
            p.hint {
                @if begun.expires_at <= now { "The link to the steps ran out " (moment(begun.expires_at)) "." }
                @else { "The link to the steps opens for " (countdown(begun.expires_at, now)) " more." }
            }
            ol.milestones {
                @for (place, one) in begun.milestones.iter().enumerate() {
                    li aria-current=[(next == Some(place)).then_some("step")] {
                        @if one.milestone.reached { (badge(Tone::Good, "reached")) }
                        @else if next == Some(place) { (badge(Tone::Warn, "awaited")) }
                        @else { (badge(Tone::Idle, "later")) }
                        " " (one.sentence)
                        @if let Some(at) = one.milestone.at { span.quiet { " " (moment(at)) } }
                    }
                }
            }
        }))
        @if !begun.aftercare.is_empty() {
            (section("aftercare", "What is left to see to", html! {
                ul.milestones { @for one in &begun.aftercare { (task(device_id, one)) } }
            }))
        }
    }
}

fn task(device_id: &DeviceId, one: &Aftercare) -> Markup {
    let name = match one.task {
        Task::ServiceAccount => "Service account",
        Task::BootstrapToken => "Bootstrap token",
        Task::RecoveryKey => "Recovery key",
    };
    let tone = match one.state {
        TaskState::Done => Tone::Good,
        TaskState::Open | TaskState::CannotTell => Tone::Warn,
        TaskState::NotNeeded => Tone::Idle,
    };
    html! {
        li {
            strong { (name) } " " (badge(tone, one.state.label())) " " (one.says)
            @if (one.task, one.state) == (Task::RecoveryKey, TaskState::Open) {
                " " a href={ "/devices/" (device_id) "/" (OrderKind::RotateRecoveryKey.slug()) } { (OrderKind::RotateRecoveryKey.label()) }
            }
        }
    }
}
