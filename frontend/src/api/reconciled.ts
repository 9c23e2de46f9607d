declare const reconciled: unique symbol;

/** What may be drawn: it went through `live/reconcile`, so nothing in it is known to be gone. */
export type Reconciled<T> = T & { readonly [reconciled]: true };
