# Stands in for Helm: tells its words, prints its input and the values file.
for word; do echo "word: $word" >&2; done
cat
case $1 in
*/stage) echo "no such chart" >&2; exit 3 ;;
*/perf) kill -9 $$ ;;
*/none) exit 0 ;;
esac
cat "${3#--values=}"
