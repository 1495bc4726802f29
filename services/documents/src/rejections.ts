import { rejections } from '@collegium/shared/rejection.ts'

/** Why this service refuses; every message says what would have been allowed. */
export const reject = rejections({
  'wrong-document-status': {
    status: 409,
    en: 'The document is {status}; this needs one that is {allowed}.',
    zh: '公文当前状态为 {status}，此操作要求状态为 {allowed}。',
  },
  'not-the-author': { status: 403, en: 'Only the author, {author}, revises and submits it.', zh: '只有起草人 {author} 可以修改和送审。' },
  'author-approves': { status: 422, en: 'The author, {author}, cannot be one of the approvers.', zh: '起草人 {author} 不能作为审批人。' },
  'not-an-approver': { status: 403, en: 'It waits for {waiting}.', zh: '该公文待 {waiting} 审批。' },
  'minutes-come-from-meetings': {
    status: 422,
    en: 'Minutes are drafted in the meeting and filed when its chair approves them.',
    zh: '会议纪要在会议中起草，经会议主席审定后归档。',
  },
  'number-not-assigned': {
    status: 404,
    en: 'The register’s last number is {last}; {number} was never given.',
    zh: '该登记簿最后编号为 {last}，编号 {number} 从未使用。',
  },
  'document-not-there': { status: 404, en: 'There is no document {document}.', zh: '公文 {document} 不存在。' },
  'register-not-there': { status: 404, en: 'There is no register {register}.', zh: '登记簿 {register} 不存在。' },
})
