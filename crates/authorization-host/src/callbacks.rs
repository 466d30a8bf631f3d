//! The engine as a plug-in sees it: Apple's table of callbacks.
#![expect(unsafe_code, reason = "a plug-in calls C")]

use std::ffi::{CStr, c_char, c_void};
use std::ptr;
use std::sync::atomic::AtomicPtr;

use crate::engine::{Engine, Verdict};

/// `OSStatus`.
pub(crate) type Status = i32;
/// `errAuthorizationSuccess`.
pub(crate) const SUCCESS: Status = 0;
/// `errAuthorizationInternal`, which the engine answers to what it does not have.
const INTERNAL: Status = -60008;

type EngineRef = *const Engine;

/// `AuthorizationValue`.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Value {
    length: usize,
    /// As a pointer that threads may share, which looks the same in memory.
    data: AtomicPtr<u8>,
}

impl Value {
    /// The value of these bytes, which must stay where they are for as long as it is used.
    pub(crate) fn of(bytes: &mut [u8]) -> Self {
        Self {
            length: bytes.len(),
            data: AtomicPtr::new(bytes.as_mut_ptr()),
        }
    }
}

type OnEngine = unsafe extern "C-unwind" fn(EngineRef) -> Status;
type OnKey = unsafe extern "C-unwind" fn(EngineRef, *const c_char) -> Status;
type GetHint = unsafe extern "C-unwind" fn(EngineRef, *const c_char, *mut *const Value) -> Status;
type GetObject = unsafe extern "C-unwind" fn(EngineRef, *mut *const c_void) -> Status;

/// `AuthorizationCallbacks`, version 4: macOS 10.13 and later.
#[repr(C)]
pub(crate) struct Callbacks {
    version: u32,
    set_result: unsafe extern "C-unwind" fn(EngineRef, u32) -> Status,
    request_interrupt: OnEngine,
    did_deactivate: OnEngine,
    get_context_value:
        unsafe extern "C-unwind" fn(EngineRef, *const c_char, *mut u32, *mut *const Value) -> Status,
    set_context_value: unsafe extern "C-unwind" fn(EngineRef, *const c_char, u32, *const Value) -> Status,
    get_hint_value: GetHint,
    set_hint_value: unsafe extern "C-unwind" fn(EngineRef, *const c_char, *const Value) -> Status,
    get_arguments: GetObject,
    get_session_id: GetObject,
    get_immutable_hint_value: GetHint,
    get_la_context: GetObject,
    get_token_identities: unsafe extern "C-unwind" fn(EngineRef, *const c_void, *mut *const c_void) -> Status,
    get_tk_token_watcher: GetObject,
    remove_hint_value: OnKey,
    remove_context_value: OnKey,
}

/// The table that every plug-in gets.
pub(crate) static CALLBACKS: Callbacks = Callbacks {
    version: 4,
    set_result,
    request_interrupt: agreed,
    did_deactivate,
    get_context_value,
    set_context_value,
    get_hint_value: no_hint,
    set_hint_value,
    get_arguments: no_object,
    get_session_id: no_object,
    get_immutable_hint_value: no_hint,
    get_la_context: no_object,
    get_token_identities,
    get_tk_token_watcher: no_object,
    remove_hint_value: removed,
    remove_context_value: removed,
};

unsafe extern "C-unwind" fn set_result(engine: EngineRef, result: u32) -> Status {
    // SAFETY: a plug-in gives back the engine of its mechanism, which outlives the mechanism.
    unsafe { &*engine }.note_verdict(Verdict::from(result));
    SUCCESS
}

unsafe extern "C-unwind" fn agreed(_: EngineRef) -> Status {
    SUCCESS
}

unsafe extern "C-unwind" fn did_deactivate(engine: EngineRef) -> Status {
    // SAFETY: as in `set_result`.
    unsafe { &*engine }.note_deactivation();
    SUCCESS
}

unsafe extern "C-unwind" fn get_context_value(
    engine: EngineRef,
    key: *const c_char,
    flags: *mut u32,
    value: *mut *const Value,
) -> Status {
    // SAFETY: as in `set_result`; the key ends with a zero.
    let (engine, key) = unsafe { (&*engine, CStr::from_ptr(key)) };
    let Some(found) = engine.context(key) else {
        return INTERNAL;
    };
    // SAFETY: the plug-in lets the engine write there; null is none.
    unsafe {
        if !flags.is_null() {
            *flags = 0;
        }
        *value = ptr::from_ref(found);
    }
    SUCCESS
}

unsafe extern "C-unwind" fn set_context_value(
    engine: EngineRef,
    _: *const c_char,
    _: u32,
    _: *const Value,
) -> Status {
    // SAFETY: as in `set_result`.
    unsafe { &*engine }.note_write();
    SUCCESS
}

unsafe extern "C-unwind" fn set_hint_value(engine: EngineRef, _: *const c_char, _: *const Value) -> Status {
    // SAFETY: as in `set_result`.
    unsafe { &*engine }.note_write();
    SUCCESS
}

unsafe extern "C-unwind" fn removed(engine: EngineRef, _: *const c_char) -> Status {
    // SAFETY: as in `set_result`.
    unsafe { &*engine }.note_write();
    SUCCESS
}

unsafe extern "C-unwind" fn no_hint(_: EngineRef, _: *const c_char, _: *mut *const Value) -> Status {
    INTERNAL
}

unsafe extern "C-unwind" fn no_object(_: EngineRef, _: *mut *const c_void) -> Status {
    INTERNAL
}

unsafe extern "C-unwind" fn get_token_identities(
    _: EngineRef,
    _: *const c_void,
    _: *mut *const c_void,
) -> Status {
    INTERNAL
}
