# Turns files, one after another, into a C array:
# cmake "-DINPUT=file;file" -DOUTPUT=file.c -DNAME=symbol -P embed.cmake
# The array ends with a NUL that its size does not count.
set(bytes "")
foreach(input IN LISTS INPUT)
  file(READ ${input} part HEX)
  string(APPEND bytes "${part}")
endforeach()
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(....,....,....,....,....,....,....,....,....,....,....,....,)" "\\1\n"
  bytes "${bytes}")
file(WRITE ${OUTPUT}
  "#include <stddef.h>\nextern const char ${NAME}[];\nextern const size_t ${NAME}_size;\n"
  "const char ${NAME}[] = {\n${bytes}0x00};\nconst size_t ${NAME}_size = sizeof ${NAME} - 1;\n")
