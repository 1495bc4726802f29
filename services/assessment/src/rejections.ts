import { rejections } from '@collegium/shared/rejection.ts'

/** Every refusal of assessment, by its code. */
export const reject = rejections({
  'unknown-scheme': { status: 422, en: 'There is no scheme {scheme}.', zh: '没有评价方案 {scheme}。' },
  'weights-off': { status: 422, en: 'The weights of a scheme add up to 100; these add up to {sum}.', zh: '评价方案的权重之和须为 100；现为 {sum}。' },
  'same-criterion-twice': { status: 422, en: 'The criteria of a scheme have different ids; {ids} came.', zh: '方案各指标的编号须不同；收到 {ids}。' },
  'flat-scale': {
    status: 422,
    en: 'A scale runs from one value to another; {criterion} has {from} twice.',
    zh: '量表的起点与终点须不同；指标 {criterion} 两端均为 {from}。',
  },
  'source-not-for-subject': {
    status: 422,
    en: 'Criteria of a scheme for {subject} come from: {allowed}. {source} came.',
    zh: '{subject} 方案的指标来源可为：{allowed}；收到 {source}。',
  },
  'not-latest-revision': {
    status: 409,
    en: 'The latest revision is {latest}; revision {came} can no longer be adopted.',
    zh: '最新修订为第 {latest} 版；第 {came} 版不能再采用。',
  },
  'not-adopted': {
    status: 409,
    en: 'Only an adopted revision is used; of {scheme} these are: {adopted}. Revision {came} came.',
    zh: '只能使用已采用的修订；{scheme} 已采用：{adopted}；收到第 {came} 版。',
  },
  'subject-mismatch': { status: 422, en: 'The scheme {scheme} is for {allowed}; {came} came.', zh: '方案 {scheme} 用于 {allowed}；收到 {came}。' },
  'scheme-elsewhere': {
    status: 422,
    en: 'A scheme serves its own unit and those below; {scheme} belongs to {owner}, not above {unit}.',
    zh: '方案只用于其所属组织及下级；{scheme} 属于 {owner}，不在 {unit} 之上。',
  },
  'period-order': { status: 422, en: 'A period ends after it begins; {from} to {to} came.', zh: '期间的结束须晚于开始；收到 {from} 至 {to}。' },
  'unknown-subject': { status: 422, en: 'There is no {kind} {id} to assess.', zh: '没有可评价的 {kind} {id}。' },
  'subject-elsewhere': {
    status: 422,
    en: 'A unit assesses its own and those below; {id} belongs to {owner}, not to {unit}.',
    zh: '组织只评价本级及下级；{id} 属于 {owner}，不属于 {unit}。',
  },
  'own-case': { status: 403, en: 'Nobody assesses themselves, nor what they organized.', zh: '任何人不得评价自己或自己组织的活动。' },
  'nothing-to-score': {
    status: 409,
    en: 'No input of the scheme is known yet: {missing}. There is nothing to score.',
    zh: '方案的各项输入均尚无记录：{missing}，无从评分。',
  },
  'not-scored': { status: 404, en: 'The assessment {assessment} has no score of round {round}.', zh: '评价 {assessment} 没有第 {round} 轮的得分。' },
  'unknown-criterion': {
    status: 404,
    en: 'The score has no input {criterion}; it has: {allowed}.',
    zh: '该得分没有输入 {criterion}；现有：{allowed}。',
  },
})
