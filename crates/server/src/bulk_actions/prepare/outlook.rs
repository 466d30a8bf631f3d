//! What would come of a run on one device.

use store::device::Device;
use trust::bulk::Readiness;
use trust::code::Code;
use trust::plan::Plan;

use crate::actions::input::AskedAction;
use crate::actions::resolve::{ResolvedAction, resolve};
use crate::app::App;
use crate::devices::plan::outlook;
use crate::problem::Problem;

/// What would come of a run on one device.
pub(crate) struct Outlook {
    /// What it lacks.
    pub readiness: Readiness,
    /// Why it would get no action.
    pub code: Option<Code>,
    /// What more there is to tell about that.
    pub detail: Option<String>,
    /// What would be asked of it, with its plan, when it is ready.
    pub ready: Option<(ResolvedAction, Plan)>,
}

impl Outlook {
    /// Resolves and plans what is asked for the device, as for it alone.
    pub(crate) async fn of(app: &App, device: &Device, asked: &AskedAction) -> Result<Self, Problem> {
        if device.pending {
            return Ok(Self::lacking(Code::DevicePending, None));
        }
        let resolved = match resolve(app, device, asked).await {
            Ok(resolved) => resolved,
            Err(problem) if problem.is_of_this_mac() => {
                return Ok(Self::lacking(problem.code, Some(problem.detail())));
            }
            Err(problem) => return Err(problem),
        };
        let plan = outlook(app, device, &resolved.action).await?;
        let (readiness, code) = Readiness::of_plan(&plan);
        let saw = plan.failed_rows().next().map(|row| row.saw.clone());
        Ok(Self {
            readiness,
            code,
            detail: saw,
            ready: (readiness == Readiness::Ready).then_some((resolved, plan)),
        })
    }

    /// A device that lacks something, for which this code stands.
    pub(super) fn lacking(code: Code, detail: Option<String>) -> Self {
        Self {
            readiness: Readiness::of_refusal(code),
            code: Some(code),
            detail,
            ready: None,
        }
    }
}
