import { rejections } from '@collegium/shared/rejection.ts'

export const reject = rejections({
  'bad-marks': {
    status: 400,
    en: '`from` takes service/shard/position, several joined by commas, or 0 for the beginning; “{came}” is none.',
    zh: '`from` 须为“服务/分片/位置”，多个以逗号分隔，或用 0 表示从头开始；“{came}”不是。',
  },
  'bad-receipt': {
    status: 400,
    en: 'This is not a receipt that this installation has signed: {why}.',
    zh: '这不是本系统签发的回执：{why}。',
  },
  'log-refused': {
    status: 409,
    en: 'The places of the log “{log}” cannot be regained: {why}',
    zh: '无法恢复日志“{log}”的条目位置：{why}',
  },
  'source-broken': {
    status: 409,
    en: 'The source stands still for good reason: {why}. Mend the history of that service first; then its facts are taken anew.',
    zh: '该来源仍不能继续：{why}。请先修复该服务的历史，之后其事实将重新收录。',
  },
  'source-runs': { status: 409, en: 'Nothing stops the source {source}.', zh: '来源 {source} 并未停止。' },
  'unknown-entry': {
    status: 404,
    en: 'The trail holds no fact {version} of {service}/{stream}.',
    zh: '审计记录中没有 {service}/{stream} 的第 {version} 条事实。',
  },
})
