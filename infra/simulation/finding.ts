/** A promise that was not kept, and where. */
export type Finding = { readonly promise: 'commands' | 'delivery' | 'order' | 'views' | 'log' | 'rules' | 'healing'; readonly what: string }
