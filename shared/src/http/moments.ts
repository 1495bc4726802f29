import type { Ajv } from 'ajv'

/** Holds `date-time` to moments that a clock here can show: a leap second is none, and would be found out only later. */
export const knownMoments = (ajv: Ajv): void => {
  const given = ajv.formats['date-time']
  const validate = typeof given === 'object' && given !== null && 'validate' in given ? given.validate : given
  const isWritten = validate instanceof RegExp ? (text: string) => validate.test(text) : (validate as (text: string) => boolean)
  ajv.addFormat('date-time', { type: 'string', validate: (text: string) => isWritten(text) && !Number.isNaN(Date.parse(text)) })
}
