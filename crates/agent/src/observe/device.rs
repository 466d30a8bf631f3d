//! The machine, its macOS and its management.

use mac::profiles::{BootstrapTokenStatus, MdmEnrollment};
use mac::stat::ConsoleUser;
use mac::{Runner, ioreg, profiles, stat, sw_vers, sysctl};
use trust::fact::Fact;
use trust::observation::{BootstrapToken, Chip, Hardware, MdmEnrolment, System};
use trust::os::OsVersion;
use trust::time::Timestamp;

use super::fact;
use crate::answers;

pub(super) fn system(runner: &dyn Runner, now: Timestamp) -> Fact<System> {
    const BY: &str = "sw_vers";
    match sw_vers::system_version(runner) {
        Ok(seen) => match seen.version.parse::<OsVersion>() {
            Ok(version) => Fact::known(
                System {
                    version,
                    build: seen.build,
                },
                now,
                BY,
            ),
            Err(error) => Fact::unknown(error.to_string(), now, BY),
        },
        Err(error) => fact(Err(error), now, BY),
    }
}

/// When macOS was started.
pub(super) fn booted_at(runner: &dyn Runner, now: Timestamp) -> Fact<Timestamp> {
    let seen = sysctl::boot_time(runner).map(|seconds| Timestamp(seconds.saturating_mul(1_000)));
    fact(seen, now, "sysctl kern.boottime")
}

/// What the machine is.
pub fn hardware(runner: &dyn Runner, now: Timestamp) -> Fact<Hardware> {
    const BY: &str = "ioreg -c IOPlatformExpertDevice";
    // A Mac whose kernel does not know the question has no Apple silicon; one that gives no answer does not tell.
    let chip = match sysctl::is_apple_silicon(runner) {
        Ok(true) => Chip::AppleSilicon,
        Ok(false) => match ioreg::has_t2(runner) {
            Ok(true) => Chip::T2,
            Ok(false) => Chip::Intel,
            Err(error) => return fact(Err(error), now, "ioreg -n Apple T2 Controller"),
        },
        Err(error) => return fact(Err(error), now, "sysctl hw.optional.arm64"),
    };
    let seen = ioreg::hardware(runner).map(|seen| Hardware {
        serial_number: seen.serial_number,
        hardware_uuid: seen.hardware_uuid.to_ascii_uppercase(),
        model: seen.model.unwrap_or_default(),
        chip,
    });
    fact(seen, now, BY)
}

pub(super) fn mdm(runner: &dyn Runner, now: Timestamp) -> Fact<MdmEnrolment> {
    let seen = profiles::enrollment(runner).map(|seen| MdmEnrolment {
        enrolled: seen.mdm != MdmEnrollment::No,
        user_approved: seen.mdm == MdmEnrollment::UserApproved,
        automated: seen.by_device_enrollment,
        server_url: seen.server,
    });
    fact(seen, now, "profiles status -type enrollment")
}

pub(super) fn bootstrap_token(runner: &dyn Runner, now: Timestamp) -> Fact<BootstrapToken> {
    const BY: &str = "profiles status -type bootstraptoken";
    match profiles::bootstrap_token_status(runner) {
        Ok(BootstrapTokenStatus::Known(seen)) => Fact::known(
            BootstrapToken {
                supported: seen.supported,
                escrowed: seen.escrowed,
            },
            now,
            BY,
        ),
        Ok(other) => Fact::unknown(answers::bootstrap_token(&other), now, BY),
        Err(error) => fact(Err(error), now, BY),
    }
}

pub(super) fn console_user(runner: &dyn Runner, now: Timestamp) -> Fact<Option<String>> {
    let seen = stat::console_user(runner).map(|seen| match seen {
        ConsoleUser::Account(name) => Some(name),
        ConsoleUser::LoginWindow | ConsoleUser::SetupAssistant => None,
    });
    fact(seen, now, "stat /dev/console")
}
