import { rejections } from '@collegium/shared/rejection.ts'

/** Every refusal of feedback, by its code. */
export const reject = rejections({
  'person-needed': { status: 403, en: 'Only a person can answer; the caller has none.', zh: '只有个人可以作答，调用者没有对应的人员。' },
  'unknown-survey': { status: 404, en: 'There is no survey {survey}.', zh: '没有问卷 {survey}。' },
  'survey-closed': { status: 409, en: 'The survey took answers until {closesAt}; it is {now}.', zh: '该问卷的截止时间为 {closesAt}；现在是 {now}。' },
  'not-eligible': {
    status: 403,
    en: 'This survey is answered by those who {eligible}; no record shows that you did.',
    zh: '此问卷由符合条件者（{eligible}）作答；没有记录表明您符合。',
  },
  'already-answered': {
    status: 409,
    en: 'You have answered the survey {survey}; each answers once, and no answer can be found again to change it.',
    zh: '您已回答问卷 {survey}；每人只能作答一次，且答案无法再被找到并修改。',
  },
  'wrong-questions': {
    status: 422,
    en: 'Each question is scored from 1 to 5, and nothing else: {allowed}. What came: {came}.',
    zh: '每题须打 1 至 5 分，不得有其他项：{allowed}。收到：{came}。',
  },
  'same-question-twice': { status: 422, en: 'The questions of a survey have different ids; {ids} came.', zh: '问卷各题的编号须不同；收到 {ids}。' },
  'activity-not-held': {
    status: 409,
    en: 'Those who attended are asked when the activity was held; {activity} is {status}.',
    zh: '活动举办后方可询问参加者；{activity} 的状态为 {status}。',
  },
})
