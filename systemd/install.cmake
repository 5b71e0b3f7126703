# Makes and installs what names the prefix. Given: source (this folder), bin, sbin (in the prefix).
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_PREFIX OUTPUT_VARIABLE prefix)
cmake_path(APPEND prefix ${bin} OUTPUT_VARIABLE PASSERELLE_BIN)
cmake_path(APPEND prefix ${sbin} OUTPUT_VARIABLE PASSERELLE_SBIN)
set(PASSERELLE_STATE /var/lib/passerelle)
set(PASSERELLE_RUN /run/passerelle)
set(PASSERELLE_ETC /etc/passerelle)
file(READ ${source}/sandbox.in PASSERELLE_SANDBOX)

function(install_made input folder name)
  set(output "$ENV{DESTDIR}${prefix}/lib/${folder}/${name}")
  configure_file(${source}/${input} ${output} @ONLY NEWLINE_STYLE UNIX)
  message(STATUS "Installing: ${output}")
endfunction()

foreach(unit passerelled.service passerelle-match@.service passerelle-text@.service
    passerelle-store.service passerelle-setup.service)
  install_made(${unit}.in systemd/system ${unit})
endforeach()
install_made(passerelle.target systemd/system passerelle.target)
install_made(passerelle.sysusers.in sysusers.d passerelle.conf)
install_made(passerelle.tmpfiles.in tmpfiles.d passerelle.conf)
