import { BarChart, CustomChart } from 'echarts/charts';
import { use } from 'echarts/core';

// Custom series draw what bars alone can't, such as error bars.
use([BarChart, CustomChart]);
