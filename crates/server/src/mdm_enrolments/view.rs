//! The enrolments of a Mac, as they are shown.

use serde::Serialize;
use store::device::Device;
use store::mdm_enrolment::MdmEnrolment;
use trust::id::MdmEnrolmentId;
use trust::mdm_enrolment::State;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;

/// How many enrolments of a Mac are shown.
const LIMIT: u32 = 50;

/// How a Mac stands with Bestow's device management.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MdmEnrolmentsView {
    /// Whether the server is set up for it.
    pub available: bool,
    /// Where the enrolment that counts has come to: the one by which the Mac is enrolled, or the newest. `null` when no profile
    /// was ever made.
    pub state: Option<State>,
    /// The same in a sentence.
    pub summary: &'static str,
    /// The 50 enrolments that were begun last, newest first.
    pub enrolments: Vec<MdmEnrolmentView>,
}

/// One enrolment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MdmEnrolmentView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: MdmEnrolmentId,
    /// Where it has come to.
    pub state: State,
    /// What people call that.
    pub label: &'static str,
    /// When its profile was made.
    pub prepared_at: Timestamp,
    /// When the Mac enrolled by it.
    pub enrolled_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

impl From<MdmEnrolment> for MdmEnrolmentView {
    fn from(enrolment: MdmEnrolment) -> Self {
        Self {
            id: enrolment.id,
            state: enrolment.state,
            label: enrolment.state.label(),
            prepared_at: enrolment.prepared_at,
            enrolled_at: enrolment.enrolled_at,
            ended_at: enrolment.ended_at,
        }
    }
}

/// How a device stands.
pub(crate) async fn view(app: &App, device: &Device) -> Result<MdmEnrolmentsView, Problem> {
    let (organization_id, serial_number) = (device.organization_id, &device.serial_number);
    let listed =
        store::mdm_enrolment::list(&app.store, organization_id, serial_number, LIMIT, app.now()).await?;
    let enrolled = listed.iter().find(|one| one.state.is_enrolled());
    let state = enrolled.or(listed.first()).map(|counts| counts.state);
    Ok(MdmEnrolmentsView {
        available: app.settings.device_management.is_some(),
        state,
        summary: state.map_or(
            "No profile was made for this Mac. Only the MDM by which it is enrolled gets its bootstrap token.",
            State::sentence,
        ),
        enrolments: listed.into_iter().map(MdmEnrolmentView::from).collect(),
    })
}
