/** The kinds of document, in the order in which people are asked for one. */
export const documentKinds = ['notice', 'plan', 'summary', 'report', 'minutes', 'regulation', 'request', 'reply'] as const
