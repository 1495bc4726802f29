import { faultsOf, type InputFault, type SchemaError } from './input-fault.ts'
import { isOutage } from './outage.ts'
import { refuse } from './refusals.ts'
import { fill, Rejection } from './rejection.ts'

export type Language = 'en' | 'zh'

/** An error as RFC 9457 tells it: what any door of the house answers instead of a result, as `application/problem+json`. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** What programs should look at. */
  readonly code: string
  readonly instance: string
  readonly traceId: string
  /** What the detail was filled with, for programs: permission, unit and posts of a 403, for example. */
  readonly params?: Readonly<Record<string, unknown>>
  /** Which parts of the input were wrong. */
  readonly errors?: readonly InputFault[]
}

type Asked = { readonly language: Language; readonly instance: string; readonly traceId: string }

/**
 * Tells any thrown value as a problem. A `Rejection` keeps its code and words; what Fastify refuses is translated; anything else becomes a
 * 500 `unexpected` that tells nothing of its cause: whoever calls this logs the cause of a status ≥ 500 once.
 */
export const problemOf = (error: unknown, asked: Asked): Problem => {
  const { rejection, schemaErrors, part } = rejectionOf(error)
  const { status } = rejection.wording
  const params = part === null ? rejection.params : { ...rejection.params, part: parts[part][asked.language] }
  return {
    type: `urn:collegium:problem:${rejection.code}`,
    title: titles[status][asked.language],
    status,
    detail: fill(rejection.wording[asked.language], params),
    code: rejection.code,
    instance: asked.instance,
    traceId: asked.traceId,
    ...(Object.keys(rejection.params).length > 0 && part === null ? { params: rejection.params } : {}),
    ...(schemaErrors ? { errors: faultsOf(schemaErrors, asked.language) } : {}),
  }
}

/** The best of zh and en for an `Accept-Language` header; en when it names neither. */
export const languageOf = (header: string | undefined): Language => {
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 }
  for (const each of header?.split(',', 20) ?? []) {
    const [range = '', ...rest] = each.trim().toLowerCase().split(';')
    const quality = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1)
    const language = range.startsWith('zh') ? 'zh' : range.startsWith('en') ? 'en' : null
    if (language !== null && quality > best.quality) best = { language, quality }
  }
  return best.language
}

type Part = keyof typeof parts
const parts = {
  body: { en: 'body', zh: '请求体' },
  querystring: { en: 'query', zh: '查询参数' },
  params: { en: 'path', zh: '路径' },
  headers: { en: 'header', zh: '请求头' },
} as const

/** The fields that Fastify, its parsers and its plugins put on an error. */
type FastifyLike = { code?: string; statusCode?: number; message: string; validation?: SchemaError[]; validationContext?: Part }
type Told = { rejection: Rejection; schemaErrors: SchemaError[] | null; part: Part | null }

const rejectionOf = (thrown: unknown): Told => {
  const told = (rejection: Rejection): Told => ({ rejection, schemaErrors: null, part: null })
  if (thrown instanceof Rejection) return told(thrown)
  if (!(thrown instanceof Error)) return told(refuse('unexpected'))
  const error = thrown as FastifyLike
  if (error.validation) {
    const part = error.validationContext ?? 'body'
    return { rejection: refuse('invalid-input', { part, count: error.validation.length }), schemaErrors: error.validation, part }
  }
  if (isOutage(error)) return told(refuse('unavailable'))
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return told(refuse('body-too-large', { limit: '' }))
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return told(refuse('unsupported-media-type'))
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return told(refuse('malformed-json', { why: error.message }))
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return told(refuse('path-too-long'))
  }
  // JSON's own parser and the guard against __proto__ throw a SyntaxError that carries a 400.
  if (thrown instanceof SyntaxError && error.statusCode === 400) return told(refuse('malformed-json', { why: error.message }))
  if (error.statusCode === 404) return told(refuse('unknown-path', { path: '' }))
  if (error.statusCode === 429) return told(refuse('too-many-requests', { limit: '', seconds: 1 }))
  if (error.statusCode === 503) return told(refuse('overloaded'))
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return told(refuse('bad-request', { why: error.message }))
  return told(refuse('unexpected'))
}

/** A title is the same for every problem of a status; the detail says what happened. */
const titles: Record<Rejection['wording']['status'], Record<Language, string>> = {
  400: { en: 'Not understood', zh: '请求有误' },
  401: { en: 'Not signed in', zh: '未登录' },
  403: { en: 'Not allowed', zh: '无权操作' },
  404: { en: 'Not found', zh: '未找到' },
  405: { en: 'Not possible here', zh: '不支持的方法' },
  409: { en: 'Against a rule', zh: '与规则冲突' },
  410: { en: 'No longer there', zh: '已不存在' },
  412: { en: 'Changed meanwhile', zh: '内容已变更' },
  413: { en: 'Too large', zh: '内容过大' },
  414: { en: 'Path too long', zh: '路径过长' },
  415: { en: 'Wrong media type', zh: '媒体类型不受支持' },
  422: { en: 'Cannot be carried out', zh: '无法执行' },
  428: { en: 'A version is needed', zh: '需要指明版本' },
  429: { en: 'Too many requests', zh: '请求过多' },
  500: { en: 'Unexpected error', zh: '系统错误' },
  502: { en: 'Bad answer from inside', zh: '内部响应异常' },
  503: { en: 'Not available now', zh: '暂不可用' },
  504: { en: 'No answer in time', zh: '响应超时' },
}
