import { analyse, type Question } from './analyse';

addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(analyse(data)));
