//! A device that waits for approval: what it claims to be, what approving it means, and the button.

use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;
use trust::id::DeviceId;

use super::page::Shown;
use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{Fact, TickBox, allowed, facts, moment, section, stamp};
use crate::console::own_form::fresh_key;
use crate::problem::Problem;

/// The box that says that somebody has compared.
pub(super) const COMPARED: &str = "compared";

/// What is told of a device that waits.
pub(super) struct Approval {
    /// Approved devices that give way to it.
    rivals: Vec<Device>,
    /// The key of the request that the button sends.
    key: String,
    /// Why the button did nothing.
    pub error: Option<&'static str>,
}

impl Approval {
    /// What approving `device` means; `None` when it waits for nothing.
    pub(super) async fn of(app: &App, device: &Device) -> Result<Option<Self>, Problem> {
        if !device.pending {
            return Ok(None);
        }
        let organization_id = device.organization_id;
        let (serial_number, hardware_uuid) = (&device.serial_number, &device.hardware_uuid);
        let known = store::device::known(&app.store, organization_id, serial_number, hardware_uuid).await?;
        let mut rivals = Vec::new();
        for id in known {
            rivals.extend(store::device::find_of(&app.store, organization_id, id).await?);
        }
        Ok(Some(Self {
            rivals,
            key: fresh_key(app),
            error: None,
        }))
    }

    /// The part of the device's page.
    pub(super) fn section(&self, shown: &Shown, visitor: &Visitor) -> Markup {
        let device = &shown.summary;
        let contents = html! {
            p {
                "This Mac has enrolled without its old key: its agent was set up anew, or somebody pretends to be it. "
                "Until it is approved, nothing is sent to it."
            }
            (facts(&[
                Fact::mono("Serial number", &device.serial_number),
                Fact::mono("Hardware UUID", &device.hardware_uuid),
                Fact::mono("Key fingerprint", &device.key_fingerprint),
                Fact::new("Enrolled", moment(device.enrolled_at)),
            ]))
            h3 { "What approving it means" }
            ul {
                @for rival in &self.rivals {
                    li {
                        "It takes the place of " a href={ "/devices/" (rival.id) } { (rival.name) } ", enrolled "
                        (moment(rival.enrolled_at)) ". That one stays as history; what waits for it ends as stale."
                    }
                }
                li { "Actions can be asked of it, and passwords are sealed to the key above." }
                li { "It stands in the audit log under your name." }
            }
            (allowed(visitor, Permission::Enrol, self.form(device.id, visitor)))
        };
        section("approval", "Waits for approval", contents)
    }

    fn form(&self, device_id: DeviceId, visitor: &Visitor) -> Markup {
        html! {
            form method="post" action={ "/devices/" (device_id) "/approve" } {
                (stamp(visitor, &self.key))
                (TickBox {
                    name: COMPARED,
                    label: "I have compared the fingerprint on the Mac",
                    hint: "`bestow-agent status` prints it there.",
                    ticked: false,
                    error: self.error,
                }.render())
                p.buttons { button.primary type="submit" { "Approve device" } }
            }
        }
    }
}
