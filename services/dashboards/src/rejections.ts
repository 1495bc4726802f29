import { rejections } from '@collegium/shared/rejection.ts'

export const reject = rejections({
  'day-not-yet': { status: 400, en: '{day} has not come yet; a dashboard shows today or a past day.', zh: '{day} 尚未到来；仪表盘只能显示今天或过去的日期。' },
  'policy-not-recorded': { status: 404, en: 'Nothing is recorded that tells whether {policy} is kept.', zh: '没有任何记录能说明 {policy} 是否得到遵守。' },
})
