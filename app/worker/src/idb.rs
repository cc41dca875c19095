//! The browser's key store: one object store of IndexedDB, the only place where a browser keeps keys that no script can read
//! out.

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::browser::scope;

const DATABASE: &str = "invigil-keys";
const STORE: &str = "key";

/// An open key store. It is never closed by us: that keeps others from deleting it under a running worker.
pub(crate) struct KeyStore {
    database: IdbDatabase,
    closed: Rc<Cell<bool>>,
}

impl KeyStore {
    /// Opens it; an empty one is made where there is none.
    ///
    /// # Errors
    /// The browser's own, as for all that follow.
    pub(crate) async fn open() -> Result<Self, JsValue> {
        let factory = scope().indexed_db()?.ok_or_else(|| JsValue::from_str("this browser has no IndexedDB"))?;
        let request = factory.open_with_u32(DATABASE, 1)?;
        let opening: IdbOpenDbRequest = request.clone();
        let make = Closure::once(move || {
            let database = opening.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok());
            // If it fails, opening fails with it.
            database.map(|database| database.create_object_store(STORE));
        });
        request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
        let database: IdbDatabase = answer(&request).await?.dyn_into()?;
        let closed = Rc::new(Cell::new(false));
        let tell = closed.clone();
        let when_closed = Closure::<dyn FnMut()>::new(move || tell.set(true));
        database.set_onclose(Some(when_closed.as_ref().unchecked_ref()));
        // Lives as long as the worker.
        when_closed.forget();
        Ok(Self { database, closed })
    }

    /// Whether the browser has closed it from its side, as it does when somebody clears the site's data.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// What is kept under a name.
    pub(crate) async fn get(&self, name: &str) -> Result<Option<JsValue>, JsValue> {
        let (_, store) = self.begin("readonly")?;
        let value = answer(&store.get(&name.into())?).await?;
        Ok(Some(value).filter(|value| !value.is_undefined()))
    }

    /// Keeps a value under a name.
    pub(crate) async fn put(&self, name: &str, value: &JsValue) -> Result<(), JsValue> {
        let (transaction, store) = self.begin("readwrite")?;
        store.put_with_key(value, &name.into())?;
        committed(&transaction).await
    }

    /// Removes everything but these names.
    pub(crate) async fn keep_only(&self, wanted: &[&str]) -> Result<(), JsValue> {
        let (_, store) = self.begin("readonly")?;
        let names: Array = answer(&store.get_all_keys()?).await?.dyn_into()?;
        let wanted = |name: &JsValue| name.as_string().is_some_and(|name| wanted.contains(&name.as_str()));
        let unwanted: Vec<JsValue> = names.iter().filter(|name| !wanted(name)).collect();
        if unwanted.is_empty() {
            return Ok(());
        }
        let (transaction, store) = self.begin("readwrite")?;
        for name in &unwanted {
            store.delete(name)?;
        }
        committed(&transaction).await
    }

    /// A transaction that is done when it is on the disk.
    fn begin(&self, mode: &str) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        // By its name: web-sys has no `durability` outside its unstable part.
        let method: js_sys::Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        let transaction = method.call3(&self.database, &STORE.into(), &mode.into(), &options)?;
        let transaction: IdbTransaction = transaction.dyn_into()?;
        let store = transaction.object_store(STORE)?;
        Ok((transaction, store))
    }
}

/// What a request yields.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result(),
        Err(event) => Err(request.error()?.map_or(event, JsValue::from)),
    }
}

async fn committed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => Ok(()),
        Err(event) => Err(transaction.error().map_or(event, JsValue::from)),
    }
}
