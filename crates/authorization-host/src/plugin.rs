//! A plug-in that was loaded, and its mechanisms.
#![expect(unsafe_code, reason = "a plug-in is C")]

use std::ffi::{CStr, c_char, c_void};
use std::path::Path;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use libloading::Library;

use crate::callbacks::{CALLBACKS, Callbacks, SUCCESS, Status};
use crate::engine::Engine;

/// `AuthorizationPluginInterface`.
#[repr(C)]
struct Interface {
    version: u32,
    plugin_destroy: unsafe extern "C-unwind" fn(*mut c_void) -> Status,
    mechanism_create:
        unsafe extern "C-unwind" fn(*mut c_void, *const Engine, *const c_char, *mut *mut c_void) -> Status,
    mechanism_invoke: unsafe extern "C-unwind" fn(*mut c_void) -> Status,
    mechanism_deactivate: unsafe extern "C-unwind" fn(*mut c_void) -> Status,
    mechanism_destroy: unsafe extern "C-unwind" fn(*mut c_void) -> Status,
}

type Create =
    unsafe extern "C-unwind" fn(*const Callbacks, *mut *mut c_void, *mut *const Interface) -> Status;

/// A plug-in that was loaded. It is destroyed, and its library let go, when this is dropped.
pub struct Plugin {
    plugin: AtomicPtr<c_void>,
    interface: &'static Interface,
    _library: Library,
}

/// One mechanism of a plug-in, taking part in one authorization. It is destroyed when this is dropped.
pub struct Mechanism<'a> {
    mechanism: AtomicPtr<c_void>,
    plugin: &'a Plugin,
    engine: &'a Engine,
}

/// Why a plug-in is of no use.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It is no library, or one without an authorization plug-in.
    #[error("load the plug-in")]
    Library(#[source] libloading::Error),
    /// It did not do as it was asked.
    #[error("the plug-in's {0} answered {1}")]
    Refused(&'static str, i32),
    /// It claims success and gives nothing.
    #[error("the plug-in's {0} gave nothing")]
    Nothing(&'static str),
}

impl Plugin {
    /// Loads the library at `path` and creates its plug-in.
    ///
    /// # Errors
    /// When there is none.
    pub fn load(path: &Path) -> Result<Self, Unusable> {
        // SAFETY: the caller wants the library's code to run in this process.
        let library = unsafe { Library::new(path) }.map_err(Unusable::Library)?;
        let (mut plugin, mut interface) = (ptr::null_mut(), ptr::null());
        // SAFETY: the function of that name has that type, by Apple's definition.
        let status = unsafe {
            let create = library
                .get::<Create>(b"AuthorizationPluginCreate")
                .map_err(Unusable::Library)?;
            create(&raw const CALLBACKS, &raw mut plugin, &raw mut interface)
        };
        if status != SUCCESS {
            return Err(Unusable::Refused("AuthorizationPluginCreate", status));
        }
        // SAFETY: a plug-in that says success gives an interface that stays as long as its library.
        let interface: Option<&'static Interface> = unsafe { interface.as_ref() };
        Ok(Self {
            plugin: AtomicPtr::new(plugin),
            interface: interface.ok_or(Unusable::Nothing("AuthorizationPluginCreate"))?,
            _library: library,
        })
    }

    /// The version of Apple's interface that it speaks.
    pub fn interface_version(&self) -> u32 {
        self.interface.version
    }

    /// Creates the mechanism of this name for `engine`.
    ///
    /// # Errors
    /// When the plug-in refuses.
    pub fn mechanism<'a>(&'a self, id: &CStr, engine: &'a Engine) -> Result<Mechanism<'a>, Unusable> {
        let mut mechanism = ptr::null_mut();
        // SAFETY: the plug-in is its own, the engine outlives the mechanism, the rest is ours.
        let status = unsafe {
            (self.interface.mechanism_create)(
                self.plugin.load(Ordering::Acquire),
                ptr::from_ref(engine),
                id.as_ptr(),
                &raw mut mechanism,
            )
        };
        if status != SUCCESS {
            return Err(Unusable::Refused("MechanismCreate", status));
        }
        Ok(Mechanism {
            mechanism: AtomicPtr::new(mechanism),
            plugin: self,
            engine,
        })
    }
}

impl Mechanism<'_> {
    /// Invokes it, and gives its status. Its verdict goes to the engine.
    pub fn invoke(&self) -> i32 {
        self.engine.note_invocation();
        // SAFETY: the mechanism is the plug-in's own and not yet destroyed.
        unsafe { (self.plugin.interface.mechanism_invoke)(self.reference()) }
    }

    /// Asks it to stop, as when the person gives up, and gives its status.
    pub fn deactivate(&self) -> i32 {
        // SAFETY: as in `invoke`; a mechanism can be deactivated while it is invoked.
        unsafe { (self.plugin.interface.mechanism_deactivate)(self.reference()) }
    }

    fn reference(&self) -> *mut c_void {
        self.mechanism.load(Ordering::Acquire)
    }
}

impl Drop for Mechanism<'_> {
    fn drop(&mut self) {
        // SAFETY: as in `invoke`; nobody else holds it any more.
        unsafe { (self.plugin.interface.mechanism_destroy)(self.reference()) };
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        // SAFETY: it is the plug-in's own, and every mechanism is gone.
        unsafe { (self.interface.plugin_destroy)(self.plugin.load(Ordering::Acquire)) };
    }
}
