//! Apple's C interface of authorization plug-ins, and all `unsafe` of this crate.
//!
//! What is declared here is what this plug-in uses: names, order and types as Apple's reference of `AuthorizationPlugin` gives
//! them. A test that is compiled for macOS compares it with the bindings that are generated from Apple's headers.
#![expect(unsafe_code, reason = "a plug-in is called by, and calls, C")]

use std::ffi::{CStr, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::deadline::Deadline;
use crate::login::{self, Context};

/// `OSStatus`.
type Status = i32;
/// `errAuthorizationSuccess`.
const SUCCESS: Status = 0;
/// `errAuthorizationInternal`.
const INTERNAL: Status = -60008;
/// `kAuthorizationResultAllow`.
const ALLOW: u32 = 0;
/// `kAuthorizationPluginInterfaceVersion`.
const INTERFACE_VERSION: u32 = 0;

/// `AuthorizationValue`.
#[repr(C)]
pub struct Value {
    length: usize,
    data: *const u8,
}

/// The beginning of `AuthorizationCallbacks`, which is the same in every version of it. What follows is not used.
#[repr(C)]
pub struct Callbacks {
    version: u32,
    set_result: unsafe extern "C-unwind" fn(engine: *mut c_void, result: u32) -> Status,
    request_interrupt: unsafe extern "C-unwind" fn(engine: *mut c_void) -> Status,
    did_deactivate: unsafe extern "C-unwind" fn(engine: *mut c_void) -> Status,
    get_context_value: unsafe extern "C-unwind" fn(
        engine: *mut c_void,
        key: *const c_char,
        flags: *mut u32,
        value: *mut *const Value,
    ) -> Status,
}

/// `AuthorizationPluginInterface`.
#[repr(C)]
pub struct Interface {
    version: u32,
    plugin_destroy: extern "C-unwind" fn(plugin: *mut c_void) -> Status,
    mechanism_create: unsafe extern "C-unwind" fn(
        plugin: *mut c_void,
        engine: *mut c_void,
        id: *const c_char,
        mechanism: *mut *mut c_void,
    ) -> Status,
    mechanism_invoke: extern "C-unwind" fn(mechanism: *mut c_void) -> Status,
    mechanism_deactivate: extern "C-unwind" fn(mechanism: *mut c_void) -> Status,
    mechanism_destroy: extern "C-unwind" fn(mechanism: *mut c_void) -> Status,
}

static INTERFACE: Interface = Interface {
    version: INTERFACE_VERSION,
    plugin_destroy: nothing_to_destroy,
    mechanism_create,
    mechanism_invoke,
    mechanism_deactivate,
    mechanism_destroy: nothing_to_destroy,
};

/// The callbacks of the process that has loaded this library. A process has one authorization host, so they belong to
/// every mechanism. A mechanism is then nothing but its engine: nothing is allocated, and nothing can be freed twice.
static CALLBACKS: AtomicPtr<Callbacks> = AtomicPtr::new(ptr::null_mut());

/// Apple's entry point of an authorization plug-in.
///
/// # Safety
/// As Apple's reference says: `callbacks` stays where it is until the plug-in is destroyed; the two others can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn AuthorizationPluginCreate(
    callbacks: *const Callbacks,
    plugin: *mut *mut c_void,
    interface: *mut *const Interface,
) -> Status {
    if callbacks.is_null() || plugin.is_null() || interface.is_null() {
        return INTERNAL;
    }
    // A panic's message may quote what was being worked on, and standard error may lead into a log. The hook is this
    // library's own: it is linked with a standard library of its own.
    std::panic::set_hook(Box::new(|_| {}));
    CALLBACKS.store(callbacks.cast_mut(), Ordering::Release);
    // SAFETY: both are not null, and the caller lets us write there.
    unsafe {
        // Not null, and never followed.
        *plugin = (&raw const INTERFACE).cast_mut().cast();
        *interface = &raw const INTERFACE;
    }
    SUCCESS
}

/// Creates the one mechanism that there is, under whatever name it was registered.
unsafe extern "C-unwind" fn mechanism_create(
    _plugin: *mut c_void,
    engine: *mut c_void,
    _id: *const c_char,
    mechanism: *mut *mut c_void,
) -> Status {
    if mechanism.is_null() {
        return INTERNAL;
    }
    // SAFETY: it is not null, and the caller lets us write there.
    unsafe { *mechanism = engine };
    SUCCESS
}

extern "C-unwind" fn mechanism_invoke(mechanism: *mut c_void) -> Status {
    let deadline = Deadline::after(login::LIMIT);
    let Some(engine) = Engine::of(mechanism) else {
        return INTERNAL;
    };
    always_allow(&engine, || {
        // Whether the agent was told makes no difference to the login.
        let _ = login::hand_over(&engine, own_path(), deadline);
    })
}

/// Does the work and then allows the login, however the work ended.
fn always_allow(engine: &Engine<'_>, work: impl FnOnce()) -> Status {
    // Nothing of the work is used afterwards.
    let _ = catch_unwind(AssertUnwindSafe(work));
    // SAFETY: the callback and its engine are the host's, and the engine waits for a result.
    unsafe { (engine.callbacks.set_result)(engine.engine, ALLOW) };
    SUCCESS
}

/// Nothing goes on when this is called, or it ends by itself at its deadline.
extern "C-unwind" fn mechanism_deactivate(mechanism: *mut c_void) -> Status {
    let Some(engine) = Engine::of(mechanism) else {
        return INTERNAL;
    };
    // SAFETY: the callback and its engine are the host's.
    unsafe { (engine.callbacks.did_deactivate)(engine.engine) }
}

extern "C-unwind" fn nothing_to_destroy(_: *mut c_void) -> Status {
    SUCCESS
}

/// The authorization that a mechanism takes part in.
struct Engine<'a> {
    callbacks: &'a Callbacks,
    engine: *mut c_void,
}

impl Engine<'_> {
    fn of(mechanism: *mut c_void) -> Option<Self> {
        let callbacks = CALLBACKS.load(Ordering::Acquire);
        // SAFETY: when not null it is what the host gave us, which stays where it is while a mechanism can be called.
        let callbacks = unsafe { callbacks.as_ref() }?;
        Some(Self {
            callbacks,
            engine: mechanism,
        })
    }
}

impl Context for Engine<'_> {
    fn value(&self, key: &CStr) -> Option<&[u8]> {
        let (mut flags, mut value) = (0, ptr::null());
        // SAFETY: the callback and its engine are the host's; the key ends with a zero; the two others are ours.
        let status = unsafe {
            (self.callbacks.get_context_value)(self.engine, key.as_ptr(), &raw mut flags, &raw mut value)
        };
        if status != SUCCESS {
            return None;
        }
        // SAFETY: a host that says success gives null or a value, which is its own and stays until the mechanism has
        // set a result.
        let value = unsafe { value.as_ref() }?;
        if value.data.is_null() || isize::try_from(value.length).is_err() {
            return None;
        }
        // SAFETY: the value has that many bytes, which stay as long as the value.
        Some(unsafe { std::slice::from_raw_parts(value.data, value.length) })
    }
}

/// The path from which this library was loaded, as the system that loaded it tells.
fn own_path() -> &'static [u8] {
    // SAFETY: zero is a value of every field.
    let mut library: libc::Dl_info = unsafe { std::mem::zeroed() };
    let here = AuthorizationPluginCreate as *const c_void;
    // SAFETY: the address is one of this library; the other is ours.
    let found = unsafe { libc::dladdr(here, &raw mut library) };
    if found == 0 || library.dli_fname.is_null() {
        return b"";
    }
    // SAFETY: it ends with a zero, and stays as long as the library is loaded, which it is while it runs.
    unsafe { CStr::from_ptr(library.dli_fname) }.to_bytes()
}

#[cfg(test)]
mod tests;
